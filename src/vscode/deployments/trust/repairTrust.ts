import * as vscode from 'vscode';
import type { ConnectTarget, DeploymentTarget, IdentityTarget } from '../../../contributions.ts';
import type { ManagedIdentity } from '../../../identity/managedIdentity.ts';
import { pickStep } from '../../connect/stepPick.ts';
import type { TrustLookup } from './trustLookup.ts';

/**
 * Which identity a deployment's missing workloads are to be added to: the one given, or the only one that trusts a part of
 * it, or the one picked of several. `undefined` when nothing was picked.
 */
export async function repairTarget(target: DeploymentTarget | (DeploymentTarget & IdentityTarget), trust: TrustLookup): Promise<ConnectTarget | undefined> {
  if ('identity' in target) {
    return { deployment: target.deployment, identity: target.identity };
  }
  const { deployment } = target;
  const partial = trust.index().identitiesTrusting(deployment).filter(({ missing }) => missing.length > 0);
  const [only, ...others] = partial;
  if (only === undefined || others.length === 0) {
    return only === undefined ? { deployment } : { deployment, identity: only.identity };
  }
  const answer = await pickStep<ManagedIdentity>({
    title: vscode.l10n.t('Repair trust of {0}', deployment.name),
    placeholder: vscode.l10n.t('Which identity should trust what is missing?'),
    load: async (show) => {
      show(partial.map(({ identity, trusted, workloads, missing }) => ({
        label: identity.name,
        description: vscode.l10n.t('trusts {0} of {1}', trusted, workloads),
        detail: vscode.l10n.t('Not trusted: {0}', missing.join(', ')),
        value: identity,
      })));
    },
  });
  return answer.kind === 'picked' ? { deployment, identity: answer.value } : undefined;
}
