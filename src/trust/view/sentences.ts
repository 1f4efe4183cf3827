import * as l10n from '@vscode/l10n';

/** "1 federated credential", "5 federated credentials". */
export function credentialCount(count: number): string {
  return count === 1 ? l10n.t('1 federated credential') : l10n.t('{0} federated credentials', count);
}

/** Joins the parts of a sentence: "Creates 5 federated credentials, adds 1 connection." */
export function sentence(parts: readonly string[]): string {
  const joined = parts.join(l10n.t({ message: ', ', comment: ['Between the parts of an enumeration.'] }));
  return joined === '' ? '' : l10n.t({ message: '{0}.', args: [joined.charAt(0).toUpperCase() + joined.slice(1)], comment: ['A sentence and its end.'] });
}
