import * as l10n from '@vscode/l10n';

/** Says why Kubernetes takes no namespace of this name: it is a DNS label (Kubernetes docs, object names and ids, RFC 1123). */
export function namespaceProblem(text: string): string | undefined {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : l10n.t('Use up to 63 lower-case letters, digits or -, starting and ending with a letter or digit.');
}

/** Says why Helm takes no release of this name: 53 characters of a DNS name (helm/helm pkg/chartutil/validate_name.go). */
export function releaseProblem(text: string): string | undefined {
  return text.length <= 53 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)
    ? undefined
    : l10n.t('Use up to 53 lower-case letters, digits, - or ., starting and ending with a letter or digit.');
}

/** Says which of the names Kubernetes takes for no service account: each is a DNS subdomain (same page). */
export function serviceAccountsProblem(names: readonly string[]): string | undefined {
  const refused = names.find((name) => !/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name));
  if (names.length === 0) {
    return l10n.t('Name at least one service account.');
  }
  return refused === undefined ? undefined : l10n.t('Kubernetes allows no service account of this name: {0}', refused);
}

/** Names in a text, each once, whatever separates them. */
export function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((name) => name !== ''))];
}
