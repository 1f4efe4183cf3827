import { isCancel, toAirflowIdentityError } from '../../../src/errors.ts';
import type { IdentityHost } from '../../../src/identity/identityAdminPort.ts';
import { repeatedWrite } from '../../../src/vscode/repeatedWrite.ts';
import type { WriteServices } from '../../../src/vscode/repeatedWrite.ts';
import { writeTags } from '../../../src/vscode/identities/writeTags.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { contoso, identityRef, skippingClock } from '../azure/cloudClient.ts';
import { wordsOf } from './listings.ts';
import type { Operation } from './operation.ts';
import type { TestWindow } from './window.ts';

const { subscriptions, groups, identities, resources } = sample;
const prod = { ...identityRef(identities.airflowProd.name), id: '', location: 'westus2', clientId: identities.airflowProd.clientId, principalId: identities.airflowProd.principalId, homeTenantId: contoso.tenantId, tags: {} };
const machine: IdentityHost = {
  ...contoso,
  id: `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}/providers/Microsoft.Compute/virtualMachines/${resources.machine.name}`,
  name: resources.machine.name,
  type: 'microsoft.compute/virtualmachines',
  subscriptionId: subscriptions.production,
  resourceGroup: groups.dataProduction,
  systemAssigned: undefined,
  userAssigned: [],
};

/** Changes that are one write: sent again, they do no harm, and where the window goes there is nothing to finish. */
export const singleWrites: readonly Operation[] = [
  single(
    {
      name: 'Change two tags',
      hits: { method: 'PATCH', path: `/${prod.name}\\?`, skip: 0 },
      right: 'Microsoft.ManagedIdentity/userAssignedIdentities/write',
    },
    (services) => writeTags(services, prod, [{ kind: 'add', name: 'owner', value: 'data' }, { kind: 'remove', name: 'env', before: 'prod' }]),
    (world) => Object.entries(identityIn(world).tags).map(([name, value]) => `${name}: ${value}`).toSorted().join(', '),
  ),
  single(
    { name: 'Enable the system-assigned identity of a virtual machine', hits: { method: 'PATCH', path: `/${machine.name}\\?`, skip: 0 }, right: 'Microsoft.Compute/virtualMachines/write' },
    (services) => repeatedWrite(services, 'enable', (signal) => services.azure().enableSystemAssigned(machine, signal)),
    (world) => world.resources.others(subscriptions.production).find(({ name }) => name === machine.name)?.identities?.systemAssigned === undefined ? 'no identity' : 'has an identity',
  ),
];

type SingleWrite = (services: WriteServices & { readonly azure: () => TestWindow['azure'] }) => Promise<unknown>;

function single(about: Pick<Operation, 'name' | 'hits' | 'right'>, write: SingleWrite, standing: (world: World) => string): Operation {
  return {
    ...about,
    begin: (window) => {
      const before = standing(window.client.cloud.world);
      const waits: string[] = [];
      return {
        perform: async (stop) => {
          try {
            stop.throwIfAborted();
            await write({ azure: () => window.azure, commands: window.actions, clock: skippingClock, log: { info: (text) => { waits.push(text); } } });
            return { text: [...window.messages, `Done${waits.length === 0 ? '' : `, after ${waits.length} ${waits.length === 1 ? 'wait' : 'waits'}`}.`].join('<br>'), complete: true };
          } catch (error) {
            return { text: isCancel(error) ? 'Nothing; it was cancelled.' : [...window.messages, wordsOf(toAirflowIdentityError(error))].join('<br>'), complete: false };
          }
        },
        stateAfter: (world, told) => {
          const now = standing(world);
          return (now === before) === (told?.complete === true) ? { text: now, wrong: 'untrue' } : { text: now };
        },
      };
    },
  };
}

function identityIn(world: World): { tags: Record<string, string> } {
  const identity = world.resources.identity(subscriptions.production, groups.airflow, prod.name);
  if (identity === undefined) {
    throw new Error(`${prod.name} is gone.`);
  }
  return identity;
}
