import assert from 'node:assert/strict';
import type { AccessScopeKind } from '../../../src/identity/accessScope.ts';
import { builtInRoles, offeredRolesFor } from '../../../src/identity/roleNames.ts';

const kinds: readonly AccessScopeKind[] = ['container', 'storageAccount', 'vault', 'factory', 'resourceGroup', 'subscription', 'other'];

describe('the roles that are offered first', () => {
  const first: readonly (readonly [AccessScopeKind, string])[] = [
    ['container', 'Storage Blob Data Contributor'],
    ['storageAccount', 'Storage Blob Data Contributor'],
    ['vault', 'Key Vault Secrets User'],
    ['factory', 'Data Factory Contributor'],
    ['resourceGroup', 'Storage Blob Data Contributor'],
    ['subscription', 'Storage Blob Data Contributor'],
    ['other', 'Azure Service Bus Data Sender'],
  ];
  for (const [kind, name] of first) {
    it(`on a ${kind} begin with ${name}`, () => {
      assert.equal(offeredRolesFor(kind)[0]?.name, name);
    });
  }

  it('on a container are about blobs only, and reading', () => {
    assert.deepEqual(
      offeredRolesFor('container').map(({ name }) => name),
      ['Storage Blob Data Contributor', 'Storage Blob Data Reader', 'Storage Blob Data Owner', 'Reader'],
    );
  });

  it('are well-formed and not named twice', () => {
    for (const kind of kinds) {
      const roles = offeredRolesFor(kind);
      assert.equal(new Set(roles.map(({ roleId }) => roleId)).size, roles.length, kind);
    }
    for (const { roleId } of [...Object.values(builtInRoles), ...kinds.flatMap(offeredRolesFor)]) {
      assert.match(roleId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });
});
