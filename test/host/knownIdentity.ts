import assert from 'node:assert/strict';
import type { KnownIdentity } from '../../src/vscode/services.ts';
import { product } from './shell.ts';

/** An identity that the account which is signed in sees, by its name, with its subscription and its tenant. */
export async function knownIdentity(name: string): Promise<KnownIdentity> {
  const { services: { identities } } = await product();
  await identities.listAll(new AbortController().signal);
  const known = identities.known().find(({ identity }) => identity.name === name);
  assert.ok(known, `${name} is listed`);
  return known;
}
