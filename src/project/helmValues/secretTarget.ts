import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { shellQuoted } from '../../identity/shellText.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import { hasActions } from './templateText.ts';

/** A key of a Kubernetes secret that a connection is kept in. */
export interface SecretTarget {
  /** Where the chart makes the secret, as the file names it, actions of a template included. */
  readonly secretName: string;
  readonly secretKey: string;
  /** True where the chart makes the secret of what the file says; otherwise it is made elsewhere. */
  readonly isMade: boolean;
}

/** Says why Kubernetes takes no secret of this name: it is a DNS subdomain (Kubernetes docs, object names and ids, RFC 1123). */
export function secretNameProblem(text: string): string | undefined {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)
    ? undefined
    : l10n.t('Use up to 253 lower-case letters, digits, - or ., starting and ending with a letter or digit.');
}

/** Says why Kubernetes takes no key of this name in a secret (Kubernetes docs, secrets, "Constraints on secret names and data"). */
export function secretKeyProblem(text: string): string | undefined {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(text) && !/^\.\.?$/.test(text) ? undefined : l10n.t('Use up to 253 letters, digits, -, _ or .');
}

/** What is wrong with a target, as a sentence; what a template makes of a name is not known here. */
export function secretTargetProblem({ secretName, secretKey, isMade }: SecretTarget): string | undefined {
  return (isMade && hasActions(secretName) ? undefined : secretNameProblem(secretName)) ?? secretKeyProblem(secretKey);
}

/**
 * The command that makes the secret, for a POSIX shell; and, as a comment, the one that adds the key to a secret which is there already. To be
 * copied: nothing is run.
 */
export function kubectlSecret({ secretName, secretKey }: SecretTarget, namespace: string, connection: AirflowConnection): string {
  const value = writtenValue(connection);
  const patch = JSON.stringify({ stringData: { [secretKey]: value } });
  return [
    `kubectl create secret generic ${secretName} --namespace ${namespace} \\`,
    `  ${shellQuoted(`--from-literal=${secretKey}=${value}`)}`,
    '# Where the secret is there already:',
    `# kubectl patch secret ${secretName} --namespace ${namespace} --type merge --patch ${shellQuoted(patch)}`,
    '',
  ].join('\n');
}
