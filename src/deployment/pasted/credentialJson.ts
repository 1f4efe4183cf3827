import * as v from 'valibot';
import type { PastedCredential } from './pasted.ts';
import { mostCredentials } from './pasted.ts';
import { identityOf } from './pastedIdentity.ts';

const text = v.optional(v.string());

/** What `az identity federated-credential list` prints, ARM answers, and ARM templates hold. */
const credentialSchema = v.object({
  id: text,
  name: text,
  issuer: text,
  subject: text,
  audiences: v.optional(v.array(v.string())),
  properties: v.optional(v.object({ issuer: text, subject: text, audiences: v.optional(v.array(v.string())) })),
});

/** How deep lists and objects are looked into. */
const deepest = 12;

/** Every object of a JSON text that has an issuer and a subject; `undefined` when the text is no JSON. */
export function readCredentialJson(json: string): readonly PastedCredential[] | undefined {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    return undefined;
  }
  const found: PastedCredential[] = [];
  collect(root, found, 0);
  return found;
}

function collect(value: unknown, found: PastedCredential[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > deepest || found.length >= mostCredentials) {
    return;
  }
  const credential = Array.isArray(value) ? undefined : credentialOf(value);
  if (credential !== undefined) {
    found.push(credential);
    return;
  }
  for (const inner of Object.values(value)) {
    collect(inner, found, depth + 1);
  }
}

function credentialOf(value: object): PastedCredential | undefined {
  const read = v.safeParse(credentialSchema, value);
  if (!read.success) {
    return undefined;
  }
  const { id, name, properties, ...own } = read.output;
  const { issuer, subject, audiences } = properties ?? own;
  const [first, second] = name?.split('/') ?? [];
  return issuer === undefined || subject === undefined
    ? undefined
    : { issuer, subject, audience: audiences?.[0], name: second ?? first, identity: identityOf(id ?? (second === undefined ? undefined : first), undefined, undefined), line: 1 };
}
