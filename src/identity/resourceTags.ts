import * as l10n from '@vscode/l10n';

/** Tags of a resource by name. */
export type Tags = Readonly<Record<string, string>>;

/** What becomes of one tag. */
export type TagChange =
  | { readonly kind: 'add'; readonly name: string; readonly value: string }
  | { readonly kind: 'change'; readonly name: string; readonly before: string; readonly value: string }
  | { readonly kind: 'remove'; readonly name: string; readonly before: string };

// Limits and characters: Microsoft Learn, "Use tags to organize your Azure resources", limitations.
const maxTags = 50;
const maxNameLength = 512;
const maxValueLength = 256;
const refusedInNames = /[<>%&\\?/]/;
const reservedPrefixes = ['microsoft', 'azure', 'windows'];

/** Says why Azure would refuse the name of a tag that is added to `tags`, or gives `undefined`. */
export function tagNameProblem(name: string, tags: Tags): string | undefined {
  if (name === '') {
    return l10n.t('The name is missing.');
  }
  if (name.length > maxNameLength) {
    return l10n.t('{0} characters; Azure takes at most {1}.', name.length, maxNameLength);
  }
  if (refusedInNames.test(name)) {
    return l10n.t('Azure allows none of < > % & \\ ? / in the name of a tag.');
  }
  const reserved = reservedPrefixes.find((prefix) => name.toLowerCase().startsWith(prefix));
  if (reserved !== undefined) {
    return l10n.t('Azure keeps names that begin with {0} for itself.', reserved);
  }
  const holder = Object.keys(tags).find((other) => sameTag(other, name));
  if (holder !== undefined) {
    return l10n.t('There is a tag {0} already. Azure ignores letter case in names of tags.', holder);
  }
  return Object.keys(tags).length >= maxTags ? l10n.t('A resource takes at most {0} tags.', maxTags) : undefined;
}

/** Says why Azure would refuse the value of a tag, or gives `undefined`. */
export function tagValueProblem(value: string): string | undefined {
  return value.length > maxValueLength ? l10n.t('{0} characters; Azure takes at most {1}.', value.length, maxValueLength) : undefined;
}

/** What leads from one set of tags to another, by name. */
export function tagChanges(before: Tags, after: Tags): readonly TagChange[] {
  // Maps, because a tag may be called `constructor`.
  const old = new Map(Object.entries(before));
  const wanted = new Map(Object.entries(after));
  const changes: TagChange[] = [];
  for (const [name, value] of wanted) {
    const held = old.get(name);
    if (held === undefined) {
      changes.push({ kind: 'add', name, value });
    } else if (held !== value) {
      changes.push({ kind: 'change', name, before: held, value });
    }
  }
  for (const [name, held] of old) {
    if (!wanted.has(name)) {
      changes.push({ kind: 'remove', name, before: held });
    }
  }
  return changes.sort((a, b) => a.name.localeCompare(b.name));
}

/** Makes the changes to tags that somebody else may have changed meanwhile, and leaves everything else as it stands. */
export function withTagChanges(tags: Tags, changes: readonly TagChange[]): Tags {
  const gone = (name: string): boolean => changes.some((change) => sameTag(change.name, name));
  const kept = Object.entries(tags).filter(([name]) => !gone(name));
  const written = changes.flatMap((change) => (change.kind === 'remove' ? [] : [[change.name, change.value] as const]));
  return Object.fromEntries([...kept, ...written]);
}

/** Says a change in a line. */
export function describeTagChange(change: TagChange): string {
  switch (change.kind) {
    case 'add':
      return l10n.t('Add {0}: {1}', change.name, change.value);
    case 'change':
      return l10n.t('Change {0}: {1} to {2}', change.name, change.before, change.value);
    case 'remove':
      return l10n.t('Remove {0}: {1}', change.name, change.before);
  }
}

function sameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
