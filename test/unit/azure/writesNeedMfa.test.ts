import assert from 'node:assert/strict';
import type { AccessScope } from '../../../src/identity/accessScope.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { builtInRoles } from '../../../src/identity/roleNames.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { TestWindow } from '../reliability/window.ts';
import { connectToCloud, contoso, identityRef, neverCanceled } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { subscriptions, groups, identities } = sample;
const prod = identityRef(identities.airflowProd.name);
const groupId = `/subscriptions/${subscriptions.production}/resourceGroups/${groups.airflow}`;
const scope: AccessScope = { ...contoso, id: groupId, kind: 'resourceGroup', name: groups.airflow, subscriptionId: subscriptions.production };
const credential = { name: 'some-name', issuer: sample.issuers.prod, subject: 'system:serviceaccount:a:b', audience: publicAudience };
const held = (client: CloudClient): string => {
  const [assignment] = client.cloud.world.rights.assignments(identities.airflowProd.principalId).filter((one) => one.scope === groupId);
  assert.ok(assignment);
  return `${assignment.scope}/providers/Microsoft.Authorization/roleAssignments/${assignment.name}`;
};

/** Every kind of write, as a user's action. */
const writes: Readonly<Record<string, (client: CloudClient) => Promise<unknown>>> = {
  'a credential': (client) => client.azure.writeCredential(prod, credential, neverCanceled()),
  'the deletion of a credential': (client) => client.azure.deleteCredential(prod, client.cloud.world.resources.identity(prod.subscriptionId, prod.resourceGroup, prod.name)?.credentials[0]?.name ?? '', neverCanceled()),
  'a role': (client) => client.azure.assignRole({ scope, roleId: builtInRoles.contributor.roleId, principalId: identities.airflowDev.principalId }, neverCanceled()),
  'the removal of a role': (client) => client.azure.removeRoleAssignment(contoso, held(client), neverCanceled()),
  'a new identity': (client) => client.azure.createIdentity({ ...prod, name: 'id-new', location: 'westus2', tags: {} }, neverCanceled()),
};

// Since October 2025 ARM answers writes without a second factor by a claims challenge while reads go through.
describe('where Azure wants a second factor for writes', () => {
  let client: CloudClient;
  let window: TestWindow;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(async () => {
    await client.reset();
    client.cloud.world.settings.writesNeedMfa = true;
    window = new TestWindow(client);
  });
  after(() => client.stop());

  for (const [what, write] of Object.entries(writes)) {
    it(`${what} leads to one sign-in and then goes on by itself`, async () => {
      await client.azure.identity(prod, neverCanceled());
      let done = false;
      await window.actions.run('test', async () => {
        await write(client);
        done = true;
      });
      assert.equal(done, true);
      assert.equal(window.messages.length, 1);
      assert.match(window.messages[0] ?? '', /second factor.*\[Sign in to this tenant\]$/);
      const changes = client.requests.filter(({ method }) => method === 'PUT' || method === 'DELETE');
      assert.deepEqual(changes.map(({ outcome }) => outcome).slice(0, -1), [401]);
    });
  }

  it('a session that proves it already is asked silently, and nobody sees anything', async () => {
    await window.actions.run('first', async () => writes['a credential']?.(client));
    window.messages.length = 0;
    client.azure.forgetTokens();
    await window.actions.run('second', async () => writes['a role']?.(client));
    assert.deepEqual(window.messages, []);
  });

  it('reads go on without it', async () => {
    await client.azure.roleAssignments({ ...contoso, subscriptionId: subscriptions.production }, identities.airflowProd.principalId, neverCanceled());
    assert.deepEqual(client.requests.map(({ outcome }) => outcome), [200, 200]);
  });
});
