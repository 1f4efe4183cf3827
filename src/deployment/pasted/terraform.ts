import * as l10n from '@vscode/l10n';
import { shortened } from './azCommand.ts';
import { BlockReader } from './blockReader.ts';
import type { BlockScope, BlockValue } from './blockValues.ts';
import { itemsOf, textOf, writtenOf } from './blockValues.ts';
import type { NotUnderstood, PastedCredential } from './pasted.ts';
import { mostCredentials } from './pasted.ts';
import { identityOf } from './pastedIdentity.ts';

interface Resource {
  readonly body: ReadonlyMap<string, BlockValue>;
  readonly line: number;
}

/** True for a text that defines federated credentials in Terraform. */
export function isTerraform(text: string): boolean {
  return /\bresource\s+"azurerm_federated_identity_credential"/.test(text);
}

/**
 * Reads `azurerm_federated_identity_credential` (hashicorp/terraform-provider-azurerm docs/r/federated_identity_credential:
 * `parent_id`, in release 5 `user_assigned_identity_id`). Texts, lists, locals, defaults of variables and `for_each` over a
 * list are followed; other expressions are said to be unknown.
 */
export function readTerraform(text: string): { readonly credentials: readonly PastedCredential[]; readonly notUnderstood: readonly NotUnderstood[] } {
  const { resources, scope } = blocksOf(text);
  const credentials: PastedCredential[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const { body, line } of resources) {
    const eachValue = body.get('for_each');
    const each = eachOf(eachValue, scope);
    if (eachValue !== undefined && each === undefined) {
      notUnderstood.push({ text: shortened(`for_each = ${writtenOf(eachValue)}`), why: l10n.t('It is not known what this loop goes over.'), line: eachValue.line });
    }
    for (const item of each ?? [{ key: undefined, value: undefined }]) {
      if (credentials.length >= mostCredentials) {
        break;
      }
      credentials.push(credentialOf(body, scopeOf(scope, item), line, notUnderstood));
    }
  }
  return { credentials, notUnderstood };
}

function credentialOf(body: Resource['body'], scope: BlockScope, line: number, notUnderstood: NotUnderstood[]): PastedCredential {
  const read = (key: string): string | undefined => {
    const value = body.get(key);
    const first = value === undefined ? undefined : itemsOf(value, scope)?.[0] ?? value;
    const text = textOf(first, scope);
    if (value !== undefined && text === undefined) {
      notUnderstood.push({ text: shortened(`${key} = ${writtenOf(first ?? value)}`), why: l10n.t('Only Terraform knows what this becomes. Replace it by its value.'), line: value.line });
    }
    return text;
  };
  const [parent] = ['parent_id', 'user_assigned_identity_id'].filter((key) => body.has(key));
  // A reference to another resource is what everybody writes here, and the identity is chosen in the flow anyway.
  const parentText = parent === undefined ? undefined : textOf(body.get(parent), scope);
  return {
    name: read('name'), issuer: read('issuer'), subject: read('subject'), audience: read('audience'),
    identity: identityOf(parentText, undefined, undefined),
    line,
  };
}

function blocksOf(text: string): { readonly resources: readonly Resource[]; readonly scope: BlockScope } {
  const reader = new BlockReader(text, 'terraform');
  const resources: Resource[] = [];
  const scope = new Map<string, BlockValue>();
  while (reader.at < text.length) {
    reader.skip(true);
    const { line, at } = reader;
    const kind = reader.name();
    const labels = labelsOf(reader);
    reader.skip(false);
    if (kind === undefined || !reader.take('{')) {
      reader.at = Math.max(reader.at, at + 1);
      continue;
    }
    const body = reader.entries();
    if (kind === 'resource' && labels[0] === 'azurerm_federated_identity_credential') {
      resources.push({ body, line });
    } else if (kind === 'locals') {
      body.forEach((value, key) => scope.set(`local.${key}`, value));
    } else if (kind === 'variable' && labels[0] !== undefined) {
      const fallback = body.get('default');
      if (fallback !== undefined) {
        scope.set(`var.${labels[0]}`, fallback);
      }
    }
  }
  return { resources, scope };
}

function labelsOf(reader: BlockReader): readonly string[] {
  const labels: string[] = [];
  for (;;) {
    reader.skip(false);
    const label = reader.text[reader.at] === '"' ? reader.string() : undefined;
    if (label === undefined) {
      return labels;
    }
    labels.push(label.parts.filter((part) => typeof part === 'string').join(''));
  }
}

interface Each {
  readonly key: BlockValue | undefined;
  readonly value: BlockValue | undefined;
}

function eachOf(value: BlockValue | undefined, scope: BlockScope): readonly Each[] | undefined {
  const followed = value?.kind === 'reference' ? scope.get(value.reference) : value;
  if (followed?.kind === 'object') {
    return Array.from(followed.entries, ([key, item]) => ({ key: { kind: 'text', parts: [key], line: item.line } as const, value: item }));
  }
  return itemsOf(followed, scope)?.map((item) => ({ key: item, value: item }));
}

function scopeOf(scope: BlockScope, { key, value }: Each): BlockScope {
  const names = new Map(scope);
  if (key !== undefined && value !== undefined) {
    names.set('each.key', key).set('each.value', value);
    if (value.kind === 'object') {
      value.entries.forEach((item, name) => names.set(`each.value.${name}`, item));
    }
  }
  return names;
}
