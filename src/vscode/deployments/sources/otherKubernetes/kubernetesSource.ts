import * as vscode from 'vscode';
import type { Deployment } from '../../../../deployment/deployment.ts';
import type { IssuerPort } from '../../../../identity/azurePort.ts';
import { taken } from '../../../connect/goThrough.ts';
import type { Messages } from '../../../messages.ts';
import { askRelease } from '../askRelease.ts';
import type { LayoutWay } from '../../layoutWays/layoutWay.ts';
import type { SourceKind } from '../sourceKind.ts';
import { storedSource } from '../storedSource.ts';
import { askIssuer } from './askIssuer.ts';
import type { KubernetesDeployments } from './kubernetesDeployments.ts';

/** What adding a deployment by its issuer needs. */
interface KubernetesEntryPorts {
  readonly issuers: () => IssuerPort;
  readonly messages: Messages;
  readonly ways: readonly LayoutWay[];
}

/** Clusters that no service lists here: what counts is their issuer. */
export function kubernetesSource(kept: KubernetesDeployments, ports: KubernetesEntryPorts): SourceKind {
  return storedSource(kept, {
    rows: {
      kind: vscode.l10n.t('Cluster'),
      icon: 'server-environment',
      expands: 'expanded',
      description: ({ organizationName }) => organizationName,
      facts: ({ id }) => [[vscode.l10n.t('Issuer'), id]],
    },
    entry: {
      label: vscode.l10n.t('Another Kubernetes cluster…'),
      detail: vscode.l10n.t('EKS, GKE, OpenShift, or your own: by its issuer, which is checked'),
      icon: 'server-environment',
      enter: (known) => enter(kept, ports, known),
    },
  });
}

async function enter(kept: KubernetesDeployments, { issuers, messages, ways }: KubernetesEntryPorts, known: Deployment | undefined): Promise<Deployment | undefined> {
  const title = known === undefined ? vscode.l10n.t('Add deployment in a Kubernetes cluster') : vscode.l10n.t('Edit deployment');
  let issuer = known?.issuer ?? '';
  const release = await askRelease({ title, ways, known }, async () => {
    const answer = await askIssuer(title, issuer, issuers, messages);
    return taken(answer.kind === 'entered' ? { kind: 'picked', value: answer.text } : answer, (value) => { issuer = value; });
  });
  return release === undefined ? undefined : kept.save(issuer, release, known?.id);
}
