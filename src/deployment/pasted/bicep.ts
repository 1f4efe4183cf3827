import * as l10n from '@vscode/l10n';
import { shortened } from './azCommand.ts';
import { BlockReader } from './blockReader.ts';
import type { BlockScope, BlockValue } from './blockValues.ts';
import { itemsOf, textOf, writtenOf } from './blockValues.ts';
import type { NotUnderstood, PastedCredential } from './pasted.ts';
import { mostCredentials } from './pasted.ts';
import { identityOf } from './pastedIdentity.ts';

const credentialType = 'microsoft.managedidentity/userassignedidentities/federatedidentitycredentials@';
const identityType = 'microsoft.managedidentity/userassignedidentities@';

interface Declaration {
  readonly symbol: string;
  readonly type: string;
  readonly value: BlockValue;
  readonly line: number;
}

/** True for a text that defines federated credentials in Bicep. */
export function isBicep(text: string): boolean {
  return /\bresource\s+\w+\s+'Microsoft\.ManagedIdentity\/userAssignedIdentities\/federatedIdentityCredentials@/i.test(text);
}

/**
 * Reads `Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials` (its Bicep reference). Texts, variables,
 * defaults of parameters and `[for …]` over a list are followed; other expressions are said to be unknown.
 */
export function readBicep(text: string): { readonly credentials: readonly PastedCredential[]; readonly notUnderstood: readonly NotUnderstood[] } {
  const { declarations, scope } = declarationsOf(text);
  const identities = new Map(declarations.filter(({ type }) => type.toLowerCase().startsWith(identityType)).flatMap(({ symbol, value }) =>
    (value.kind === 'object' ? [[symbol, textOf(value.entries.get('name'), scope)] as const] : [])));
  const credentials: PastedCredential[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const { type, value, line } of declarations) {
    if (!type.toLowerCase().startsWith(credentialType)) {
      continue;
    }
    for (const { body, names } of bodiesOf(value, scope, notUnderstood)) {
      if (credentials.length >= mostCredentials) {
        break;
      }
      credentials.push(credentialOf(body, names, identities, line, notUnderstood));
    }
  }
  return { credentials, notUnderstood };
}

function bodiesOf(value: BlockValue, scope: BlockScope, notUnderstood: NotUnderstood[]): readonly { readonly body: BlockValue; readonly names: BlockScope }[] {
  if (value.kind !== 'loop') {
    return [{ body: value, names: scope }];
  }
  const items = itemsOf(value.list, scope);
  if (items === undefined) {
    notUnderstood.push({ text: shortened(writtenOf(value.list)), why: l10n.t('It is not known what this loop goes over.'), line: value.line });
  }
  return (items ?? []).map((item) => {
    const names = new Map(scope).set(value.variable, item);
    if (item.kind === 'object') {
      item.entries.forEach((inner, name) => names.set(`${value.variable}.${name}`, inner));
    }
    return { body: value.body, names };
  });
}

function credentialOf(
  body: BlockValue,
  scope: BlockScope,
  identities: ReadonlyMap<string, string | undefined>,
  line: number,
  notUnderstood: NotUnderstood[],
): PastedCredential {
  const entries = body.kind === 'object' ? body.entries : new Map<string, BlockValue>();
  const properties = entries.get('properties');
  const inner = properties?.kind === 'object' ? properties.entries : new Map<string, BlockValue>();
  const read = (value: BlockValue | undefined, key: string): string | undefined => {
    const first = value === undefined ? undefined : itemsOf(value, scope)?.[0] ?? value;
    const text = textOf(first, scope);
    if (value !== undefined && text === undefined) {
      notUnderstood.push({ text: shortened(`${key}: ${writtenOf(first ?? value)}`), why: l10n.t('Only Bicep knows what this becomes. Replace it by its value.'), line: value.line });
    }
    return text;
  };
  const name = read(entries.get('name'), 'name');
  const parent = entries.get('parent');
  const named = parent?.kind === 'reference' ? identities.get(parent.reference) : undefined;
  // Without `parent` the name is `identity/credential`.
  const [owner, own] = name?.includes('/') === true ? name.split('/', 2) : [named, name];
  return {
    name: own,
    issuer: read(inner.get('issuer'), 'issuer'),
    subject: read(inner.get('subject'), 'subject'),
    audience: read(inner.get('audiences'), 'audiences'),
    identity: identityOf(owner, undefined, undefined),
    line,
  };
}

function declarationsOf(text: string): { readonly declarations: readonly Declaration[]; readonly scope: BlockScope } {
  const reader = new BlockReader(text, 'bicep');
  const declarations: Declaration[] = [];
  const scope = new Map<string, BlockValue>();
  while (reader.at < text.length) {
    reader.skip(true);
    const { at, line } = reader;
    const keyword = reader.name();
    reader.skip(false);
    const symbol = reader.name() ?? '';
    reader.skip(false);
    if (keyword === 'resource' && reader.text[reader.at] === '\'') {
      const type = reader.string()?.parts.filter((part) => typeof part === 'string').join('') ?? '';
      const value = valueBehindEquals(reader);
      if (value !== undefined) {
        declarations.push({ symbol, type, value, line });
      }
    } else if (keyword === 'var' || keyword === 'param') {
      const value = valueBehindEquals(reader);
      if (value !== undefined) {
        scope.set(symbol, value);
      }
    } else {
      const end = text.indexOf('\n', reader.at);
      reader.at = end === -1 ? text.length : end;
    }
    reader.at = Math.max(reader.at, at + 1);
  }
  return { declarations, scope };
}

/** Passes a type and what else stands before `=`, on the same line. */
function valueBehindEquals(reader: BlockReader): BlockValue | undefined {
  const line = reader.text.slice(reader.at, reader.at + 500).split('\n', 1)[0] ?? '';
  const equals = line.indexOf('=');
  if (equals === -1) {
    reader.at += line.length;
    return undefined;
  }
  reader.at += equals + 1;
  reader.skip(false);
  // `= if (condition) {` makes it or does not: it is read as if it did.
  const condition = /^if\s*\(.*?\)\s*(?=\{)/.exec(reader.text.slice(reader.at, reader.at + 500));
  reader.at += condition?.[0].length ?? 0;
  return reader.value();
}
