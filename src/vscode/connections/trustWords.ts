import * as vscode from 'vscode';
import type { ConnectionIssue } from '../../project/connectionIssues.ts';
import type { PlacedConnection } from '../../project/placedConnection.ts';
import type { KnownIdentity } from '../services.ts';
import type { DeploymentTrust, NamedIdentities } from '../trust/namedIdentities.ts';

/** What an identity trusts, for a description; `undefined` while that is not known. */
export function trustText(trusted: readonly DeploymentTrust[] | undefined): string | undefined {
  const [only, ...others] = trusted ?? [];
  if (trusted === undefined) {
    return undefined;
  }
  const inPart = trusted.filter(({ missing }) => missing.length > 0).length;
  if (only === undefined) {
    return vscode.l10n.t('trusts no known deployment');
  }
  if (others.length === 0) {
    return inPart === 0 ? vscode.l10n.t('trusts {0}', only.deployment.name) : vscode.l10n.t('trusts {0} in part', only.deployment.name);
  }
  switch (inPart) {
    case 0:
      return vscode.l10n.t('trusts {0} deployments', trusted.length);
    case trusted.length:
      return vscode.l10n.t('trusts {0} deployments in part', trusted.length);
    default:
      return vscode.l10n.t('trusts {0} deployments, {1} in part', trusted.length, inPart);
  }
}

/** What is missing in the trust between the identity of a connection and the deployments that get the connection. */
export function trustIssues(placed: PlacedConnection, known: KnownIdentity, named: Pick<NamedIdentities, 'trustOf' | 'trustIn'>): readonly ConnectionIssue[] {
  const { identity, credentials } = known;
  if (placed.kind === 'file') {
    return named.trustOf(known)?.length === 0
      ? [notTrusted('warning', vscode.l10n.t('{0} trusts no deployment that is known here: tasks get no token with it. Connect it to a deployment.', identity.name))]
      : [];
  }
  return (credentials === undefined ? [] : placed.reaches).filter(({ issuer }) => issuer !== undefined).flatMap((deployment) => {
    const trust = named.trustIn(known, deployment);
    return trust === undefined
      ? [notTrusted('warning', vscode.l10n.t('{0} gets this connection, but {1} does not trust it: its tasks get no token.', deployment.name, identity.name))]
      : trust.missing.length === 0
        ? []
        : [notTrusted('information', vscode.l10n.t('{0} does not trust all workloads of {1}: {2}.', identity.name, deployment.name, trust.missing.join(', ')))];
  });
}

function notTrusted(severity: ConnectionIssue['severity'], message: string): ConnectionIssue {
  return { code: 'not-trusted', severity, message, fixes: [] };
}
