import { isDeepStrictEqual } from 'node:util';
import type { AccessScope } from '../../../src/identity/accessScope.ts';
import { performChange } from '../../../src/trust/journalRun.ts';
import type { StepEnd } from '../../../src/trust/journalRun.ts';
import type { Change } from '../../../src/trust/journalEntry.ts';
import { isCancel, toAirflowIdentityError } from '../../../src/errors.ts';
import { resumingAzure } from '../../../src/vscode/journal/resumingAzure.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { contoso, identityRef, skippingClock } from '../azure/cloudClient.ts';
import { pauseTexts } from './pauseTexts.ts';
import type { Pause } from './pauseTexts.ts';
import type { Snapshot } from './interrupted.ts';
import { wordsOf } from './listings.ts';
import type { Operation, State } from './operation.ts';

const { subscriptions, groups, identities } = sample;
const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

const prod = identityRef(identities.airflowProd.name);
const fresh = identityRef('id-airflow-fresh');
const group: AccessScope = {
  ...contoso,
  id: `/subscriptions/${subscriptions.production}/resourceGroups/${groups.dataProduction}`,
  kind: 'resourceGroup',
  name: groups.dataProduction,
  subscriptionId: subscriptions.production,
};
const roles = [
  { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', roleName: 'Storage Blob Data Contributor' },
  { roleId: '4633458b-17de-408a-b874-0445c86b69e6', roleName: 'Key Vault Secrets User' },
];
const roleChanges = (action: 'assign' | 'remove'): readonly Change[] =>
  roles.map((role): Change => ({ kind: 'role', scope: group, principalId: identities.airflowProd.principalId, action, ...role }));

/** Gives the roles as a colleague in the portal would, under names of another making. */
function giveRoles({ rights }: World, which = roles): void {
  for (const { roleId } of which) {
    const role = rights.roles.get(roleId);
    if (role !== undefined) {
      rights.grant(identities.airflowProd.principalId, group.id, role, { principalType: 'ServicePrincipal' });
    }
  }
}

/** Changes whose steps are written by the journal itself. */
export const changeOperations: readonly Operation[] = [
  changing({
    name: 'Give two roles',
    hits: { method: 'PUT', path: '/roleAssignments/', skip: 1 },
    right: 'Microsoft.Authorization/roleAssignments/write',
    notYet: ['PrincipalNotFound', 'Principal e41b7a25 does not exist in the directory.'],
    meanwhile: (world) => { giveRoles(world, roles.slice(1)); },
    changes: roleChanges('assign'),
    snapshot: rolesSnapshot,
  }),
  changing({
    name: 'Remove two roles',
    hits: { method: 'DELETE', path: '/roleAssignments/', skip: 1 },
    right: 'Microsoft.Authorization/roleAssignments/delete',
    prepare: (world) => { giveRoles(world); },
    changes: roleChanges('remove'),
    snapshot: rolesSnapshot,
  }),
  changing({
    name: 'Create an identity',
    hits: { method: 'PUT', path: '/userAssignedIdentities/[^/]+\\?', skip: 0 },
    right: `${identityType}/write`,
    changes: [{ kind: 'identity', identity: fresh, action: 'create', location: 'westus2', tags: { team: 'data' } }],
    snapshot: identitiesSnapshot,
  }),
  changing({
    name: 'Create an identity in a new resource group',
    hits: { method: 'PUT', path: '/userAssignedIdentities/[^/]+\\?', skip: 0 },
    right: `${identityType}/write`,
    changes: [
      { kind: 'resourceGroup', subscription: { ...contoso, subscriptionId: subscriptions.production }, name: 'rg-fresh', location: 'westus2' },
      { kind: 'identity', identity: { ...fresh, resourceGroup: 'rg-fresh' }, action: 'create', location: 'westus2', tags: { team: 'data' } },
    ],
    snapshot: groupsSnapshot,
  }),
  changing({
    name: 'Delete an identity after its role',
    hits: { method: 'DELETE', path: '/userAssignedIdentities/[^/]+\\?', skip: 0 },
    right: `${identityType}/delete`,
    prepare: (world) => { giveRoles(world); },
    changes: [...roleChanges('remove').slice(0, 1), { kind: 'identity', identity: prod, action: 'delete', location: 'westus2', tags: {} }],
    snapshot: identitiesSnapshot,
    // Its client id is gone for good.
    cannotBeUndone: true,
  }),
];

interface Changing extends Pick<Operation, 'name' | 'hits' | 'right' | 'notYet' | 'meanwhile' | 'cannotBeUndone'> {
  readonly prepare?: (world: World) => void;
  readonly changes: readonly Change[];
  readonly snapshot: (world: World) => Snapshot;
}

function changing({ changes, snapshot, prepare, ...rest }: Changing): Operation {
  return {
    ...rest,
    snapshot,
    ...(prepare === undefined ? {} : { prepare }),
    begin: (window) => {
      const before = snapshot(window.client.cloud.world);
      const pauses: Pause[] = [];
      let ends: readonly StepEnd[] = [];
      return {
        perform: async (stop) => {
          try {
            ends = await performChange(window.journal, { title: sample.identities.airflowProd.name, surface: 'other' }, changes, resumingAzure(window.azure, window.actions), {
              clock: skippingClock,
              stop,
              report: (_change, progress) => { if (progress.state === 'pausing') { pauses.push(progress); } },
            });
            const errors = ends.flatMap((end) => (end.kind === 'failed' ? [wordsOf(end.error)] : []));
            const text = [...window.messages, ...pauseTexts(pauses), ...new Set(errors), `Steps: ${ends.map(({ kind }) => kind).join(', ')}.`].join('<br>');
            return { text, complete: ends.every(({ kind }) => kind === 'done' || kind === 'already') };
          } catch (error) {
            return { text: isCancel(error) ? 'Nothing; it was cancelled.' : wordsOf(toAirflowIdentityError(error)), complete: false };
          }
        },
        stateAfter: (world, told) => stateOf(snapshot(world), before, ends, told?.complete === true),
      };
    },
  };
}

/** All done must be another state than before, and nothing done the same. */
function stateOf(now: Snapshot, before: Snapshot, ends: readonly StepEnd[], complete: boolean): State {
  const changed = !isDeepStrictEqual(now.standing, before.standing);
  const isUntrue = complete ? !changed : ends.every(({ kind }) => kind !== 'done' && kind !== 'already') && changed;
  return isUntrue ? { text: now.text, wrong: 'untrue' } : { text: now.text };
}

function rolesSnapshot({ rights }: World): Snapshot {
  const held = rights.assignments(identities.airflowProd.principalId).filter(({ scope }) => scope === group.id);
  return { standing: held.map(({ role }) => role.name).toSorted(), text: `${held.length} of 2 roles held` };
}

/** Groups are said and not compared: undoing leaves a group that it made, since others may use it by then. */
function groupsSnapshot(world: World): Snapshot {
  const { standing, text } = identitiesSnapshot(world);
  return { standing, text: `${text}, ${world.resources.groups(subscriptions.production).length} groups` };
}

function identitiesSnapshot(world: World): Snapshot {
  const held = world.resources.identities(subscriptions.production).map(({ name }) => name).toSorted();
  return { standing: [held, rolesSnapshot(world).standing], text: `${held.length} identities` };
}
