import { identityKeys } from '../../connection/identityKeys.ts';
import { lineEnd, lineStart } from '../textLines.ts';
import type { Completion } from './completion.ts';
import { rank } from './completion.ts';
import { typeTitles } from './connectionSnippets.ts';
import type { KnownIdentity } from './knowledge.ts';

interface Value {
  readonly label: string;
  readonly detail: string;
  readonly value: string;
}

/** A key whose values are known, in whatever a file is written in, up to the cursor: JSON, JSON within quotes, YAML, a URI's parameters. */
const knownKey = new RegExp(`\\b(conn_type|${identityKeys.clientId}|${identityKeys.tenantId}|subscriptionId|subscription_id)(\\\\*["'])?(\\s*[:=]\\s*)(\\\\*["'])?([\\w-]*)$`);

/**
 * What can stand behind a key, with the name of what an id belongs to beside it; `undefined` where no such key stands. The
 * line alone decides, so that it is the same in every file.
 */
export function valueCompletions(text: string, offset: number, identities: readonly KnownIdentity[]): readonly Completion[] | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  const match = /^\s*#/.test(before) ? null : knownKey.exec(before);
  if (match === null) {
    return undefined;
  }
  const [, key = '', keyQuote = '', separator = '', quote = '', typed = ''] = match;
  // In YAML a value begins behind a blank.
  if (quote === '' && keyQuote === '' && separator.trim() === ':' && !/\s$/.test(separator)) {
    return undefined;
  }
  const around = quote === '' ? keyQuote : '';
  const behind = /^[\w-]*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? '';
  return valuesOf(key, identities).map(({ label, detail, value }, index) => ({
    kind: 'value', label, detail,
    snippet: `${around}${value}${around}`.replaceAll('\\', '\\\\'),
    replaced: { offset: offset - typed.length, length: typed.length + behind.length },
    sortText: `0${rank(index)}`,
    filterText: `${around}${value} ${label}`,
  }));
}

function valuesOf(key: string, identities: readonly KnownIdentity[]): readonly Value[] {
  switch (key) {
    case 'conn_type':
      return typeTitles().map(({ id, title }) => ({ label: id, detail: title, value: id }));
    case identityKeys.clientId:
      return identities.map(({ name, clientId, subscriptionName }) => ({ label: name, detail: `${clientId}  ${subscriptionName}`, value: clientId }));
    case identityKeys.tenantId:
      return named(identities, ({ tenantId }) => tenantId, ({ name }) => name);
    default:
      return named(identities, ({ subscriptionId }) => subscriptionId, ({ subscriptionName }) => subscriptionName);
  }
}

/** Each id once, with the names it has. */
function named(identities: readonly KnownIdentity[], idOf: (identity: KnownIdentity) => string, nameOf: (identity: KnownIdentity) => string): readonly Value[] {
  const byId = Map.groupBy(identities, idOf);
  return Array.from(byId, ([value, group]) => ({ label: value, detail: Array.from(new Set(group.map(nameOf))).slice(0, 3).join(', '), value }));
}
