import * as l10n from '@vscode/l10n';
import { parseSubject } from '../workload.ts';
import type { NotUnderstood, Pasted, PastedCredential } from './pasted.ts';

/** A deployment that a pasted text describes: the service accounts of one namespace in one cluster. */
export interface PastedDeployment {
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccounts: readonly string[];
  /** Names that the text gives to the credentials, by service account. */
  readonly credentialNames: ReadonlyMap<string, string>;
}

/**
 * The deployments that pasted credentials belong to, and the credentials that belong to none: without an issuer or subject,
 * of a subject that is no Kubernetes service account, or for another audience than tokens of workload identity have.
 * @param audience the one of the chosen cloud
 */
export function pastedDeployments(pasted: Pasted, audience: string): { readonly deployments: readonly PastedDeployment[]; readonly left: readonly NotUnderstood[] } {
  const deployments = new Map<string, { readonly issuer: string; readonly namespace: string; readonly accounts: Set<string>; readonly names: Map<string, string> }>();
  const left: NotUnderstood[] = [];
  for (const credential of pasted.credentials) {
    const problem = problemOf(credential, audience);
    const place = parseSubject(credential.subject ?? '');
    if (problem !== undefined) {
      left.push({ text: credential.subject ?? credential.name ?? '', why: problem, line: credential.line });
    }
    if (credential.issuer === undefined || place === undefined) {
      continue;
    }
    const { issuer } = credential;
    const { namespace, serviceAccount } = place;
    const key = JSON.stringify([issuer, namespace]);
    const known = deployments.get(key) ?? { issuer, namespace, accounts: new Set(), names: new Map() };
    known.accounts.add(serviceAccount);
    if (credential.name !== undefined) {
      known.names.set(serviceAccount, credential.name);
    }
    deployments.set(key, known);
  }
  return {
    deployments: Array.from(deployments.values(), ({ issuer, namespace, accounts, names }) => ({
      issuer, namespace, serviceAccounts: [...accounts], credentialNames: names,
    })),
    left,
  };
}

function problemOf({ issuer, subject, audience }: PastedCredential, expected: string): string | undefined {
  if (issuer === undefined) {
    return l10n.t('Its issuer is not known.');
  }
  if (subject === undefined) {
    return l10n.t('Its subject is not known.');
  }
  if (parseSubject(subject) === undefined) {
    return l10n.t('This subject is no service account of Kubernetes.');
  }
  return audience === undefined || audience === expected
    ? undefined
    : l10n.t('Its audience is {0}. Credentials are made with {1}, which tokens of workload identity have.', audience, expected);
}
