import * as l10n from '@vscode/l10n';

/** Rules of Azure for user-assigned identities (Microsoft Learn: resource-name-rules, "Microsoft.ManagedIdentity"). */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/;

/** Rules of Azure for resource groups (same page, "Microsoft.Resources"): letters of any script count. */
const groupPattern = /^[\p{L}\p{N}_().-]{1,90}$/u;

/** Says why Azure would refuse the name of an identity, or gives `undefined`. */
export function identityNameProblem(name: string): string | undefined {
  if (name === '') {
    return l10n.t('The name is missing.');
  }
  return namePattern.test(name)
    ? undefined
    : l10n.t('Use 3 to 128 letters, digits, - or _, starting with a letter or digit.');
}

/** Says why Azure would refuse the name of a resource group, or gives `undefined`. */
export function groupNameProblem(name: string): string | undefined {
  if (name === '') {
    return l10n.t('The name is missing.');
  }
  if (!groupPattern.test(name)) {
    return l10n.t('Use up to 90 letters, digits, -, _, ., ( or ).');
  }
  return name.endsWith('.') ? l10n.t('The name of a resource group must not end with a period.') : undefined;
}
