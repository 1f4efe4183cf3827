import assert from 'node:assert/strict';
import { handleRequest } from '../../cloud/handle.ts';
import type { Outcome } from '../../cloud/exchange.ts';
import type { Fault, FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { armToken, credentialOf, prodIdentityPath } from './armCaller.ts';
import { createTestWorld } from './testWorld.ts';

const { identities, subscriptions, groups, resources } = sample;
const production = `/subscriptions/${subscriptions.production}`;
const machine = `${production}/resourceGroups/${groups.dataProduction}/providers/Microsoft.Compute/virtualMachines/${resources.machine.name}`;
const role = `${production}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const assignment = '0f1e2d3c-4b5a-4697-8877-665544332211';

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  /** What the write leaves in the world. */
  readonly stands: (world: World) => boolean;
}

/** Each kind of write that the product makes. */
const writes: Readonly<Record<string, Write>> = {
  'a federated credential': {
    method: 'PUT',
    path: `${prodIdentityPath(identities.airflowProd.name)}/federatedIdentityCredentials/new-one?api-version=2024-11-30`,
    body: credentialOf(sample.issuers.dev, 'system:serviceaccount:a:b'),
    stands: (world) => world.resources.identityByClientId(identities.airflowProd.clientId)?.credentials.some(({ name }) => name === 'new-one') ?? false,
  },
  'an identity': {
    method: 'PUT',
    path: `${prodIdentityPath('id-new')}?api-version=2024-11-30`,
    body: { location: 'westus2' },
    stands: (world) => world.resources.identity(subscriptions.production, groups.airflow, 'id-new') !== undefined,
  },
  'the end of an identity': {
    method: 'DELETE',
    path: `${prodIdentityPath(identities.legacyGov.name)}?api-version=2024-11-30`,
    stands: (world) => world.resources.identityByClientId(identities.legacyGov.clientId) === undefined,
  },
  'a resource group': {
    method: 'PUT',
    path: `${production}/resourcegroups/rg-new?api-version=2022-12-01`,
    body: { location: 'westus2' },
    stands: (world) => world.resources.group(subscriptions.production, 'rg-new') !== undefined,
  },
  'a role': {
    method: 'PUT',
    path: `${production}/providers/Microsoft.Authorization/roleAssignments/${assignment}?api-version=2022-04-01`,
    body: { properties: { principalId: identities.airflowDev.principalId, principalType: 'ServicePrincipal', roleDefinitionId: role } },
    stands: (world) => world.rights.named(assignment) !== undefined,
  },
  'a system-assigned identity': {
    method: 'PATCH',
    path: `${machine}?api-version=2024-07-01`,
    body: { identity: { type: 'SystemAssigned' } },
    stands: (world) => world.resources.other(machine)?.identities?.systemAssigned !== undefined,
  },
};

async function perform(world: World, { method, path, body }: Write): Promise<Outcome> {
  const token = await armToken(world);
  return handleRequest(world, { method, url: new URL(`https://management.azure.com${path}`), headers: { authorization: `Bearer ${token}` }, body: body === undefined ? '' : JSON.stringify(body) });
}

const page = '<html>Sign in to the proxy</html>';
const effects: readonly [string, FaultEffect, Outcome['kind'], boolean][] = [
  ['an error that is answered', { kind: 'answer', status: 503 }, 'answer', false],
  ['an error after it was done', { kind: 'answer', status: 500, acted: true }, 'answer', true],
  ['a page of a proxy', { kind: 'html', status: 200, html: page }, 'answer', false],
  ['a page of a proxy after it was done', { kind: 'html', status: 502, html: page, acted: true }, 'answer', true],
  ['a reset', { kind: 'reset' }, 'reset', false],
  ['a reset after it was done', { kind: 'resetAfter' }, 'reset', true],
  ['half a body', { kind: 'halfBody' }, 'halfBody', true],
  ['silence', { kind: 'silence' }, 'silence', false],
  ['silence after it was done', { kind: 'silence', acted: true }, 'silence', true],
];

describe('Faults of the local cloud', () => {
  for (const [what, write] of Object.entries(writes)) {
    for (const [fault, effect, kind, acted] of effects) {
      it(`${what}: ${fault}`, async () => {
        const world = createTestWorld({ serviceMs: 0 });
        world.faults.add({ method: write.method, path: write.path.split('?')[0]?.replaceAll(/[.]/gu, String.raw`\.`) ?? '', times: 1, effect });
        const outcome = await perform(world, write);
        assert.deepEqual([outcome.kind, write.stands(world), world.log.entries.at(-1)?.faulted], [kind, acted, true]);
        const again = await perform(world, write);
        assert.deepEqual([again.kind, write.stands(world)], ['answer', true]);
      });
    }
  }

  it('tells queries of Resource Graph apart by their body', async () => {
    const world = createTestWorld();
    const fault: Fault = { path: 'Microsoft.ResourceGraph', body: 'microsoft.managedidentity/', effect: { kind: 'answer', status: 403 } };
    world.faults.add(fault);
    const ask = (query: string): Promise<Outcome> => perform(world, { method: 'POST', path: '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', body: { query }, stands: () => true });
    const status = (outcome: Outcome): number | undefined => (outcome.kind === 'answer' ? outcome.response.status : undefined);
    assert.equal(status(await ask("resources | where type =~ 'Microsoft.ManagedIdentity/userAssignedIdentities'")), 403);
    assert.equal(status(await ask('resourcecontainers')), 200);
  });
});
