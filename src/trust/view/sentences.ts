import * as l10n from '@vscode/l10n';

/** "1 federated credential", "5 federated credentials". */
export function credentialCount(count: number): string {
  return count === 1 ? l10n.t('1 federated credential') : l10n.t('{0} federated credentials', count);
}

/** "1 role", "2 roles". */
export function roleCount(count: number): string {
  return count === 1 ? l10n.t('1 role') : l10n.t('{0} roles', count);
}

/** Makes a sentence of its parts: "Creates 5 federated credentials, adds 1 connection." */
export function sentence(parts: readonly string[]): string {
  const joined = parts.join(', ');
  return joined === '' ? '' : `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
}
