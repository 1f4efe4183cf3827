import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { assignmentName } from '../../../src/identity/assignmentName.ts';

const scope = '/subscriptions/1/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata';
const principal = 'cfb2fee4-724f-455e-9bd7-d180bd9332a0';
const role = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';

describe('the name of a role assignment', () => {
  it('is a UUID of version 5 and variant 1', async () => {
    assert.match(await assignmentName(scope, principal, role), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('holds the SHA-1 of namespace and name, as RFC 9562 says', async () => {
    const namespace = Buffer.from('5b1f7c9e3c0a4d359a556c8f0f3b7d12', 'hex');
    const hash = createHash('sha1').update(namespace).update(`${scope}|${principal}|${role}`.toLowerCase()).digest('hex');
    const name = (await assignmentName(scope, principal, role)).replaceAll('-', '');
    assert.equal(name.slice(0, 12), hash.slice(0, 12));
    assert.equal(name.slice(13, 16), hash.slice(13, 16));
    assert.equal(name.slice(17), hash.slice(17, 32));
  });

  it('never changes: a name that was written once is found again by every later version', async () => {
    assert.equal(await assignmentName(scope, principal, role), '25a45c89-82c0-596a-80e9-8009b4b4994b');
  });

  it('is the same in other letters and with a slash at the end', async () => {
    assert.equal(await assignmentName(`${scope.toUpperCase()}/`, principal.toUpperCase(), role.toUpperCase()), await assignmentName(scope, principal, role));
  });

  it('differs with each of the three', async () => {
    const names = await Promise.all([
      assignmentName(scope, principal, role),
      assignmentName(`${scope}2`, principal, role),
      assignmentName(scope, principal.replace('c', 'd'), role),
      assignmentName(scope, principal, role.replace('b', 'c')),
    ]);
    assert.equal(new Set(names).size, names.length);
  });
});
