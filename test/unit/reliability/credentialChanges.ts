import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { isCancel, toAirflowIdentityError } from '../../../src/errors.ts';
import type { AirflowIdentityError } from '../../../src/errors.ts';
import type { IdentityRef } from '../../../src/identity/managedIdentity.ts';
import type { RowProgress } from '../../../src/trust/apply.ts';
import { firstFailure } from '../../../src/trust/deleteCredentials.ts';
import type { DeleteOutcome } from '../../../src/trust/deleteCredentials.ts';
import { deleteJournaled, deletionsOf } from '../../../src/trust/journaledDelete.ts';
import { moveCredentials } from '../../../src/trust/moveCredentials.ts';
import { planTransfer } from '../../../src/trust/transferPlan.ts';
import { identityCredentials } from '../../../src/vscode/credentials/identityCredentials.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { contoso, identityRef, skippingClock } from '../azure/cloudClient.ts';
import type { Snapshot } from './interrupted.ts';
import { smallPages, wordsOf } from './listings.ts';
import type { Operation, State, Told } from './operation.ts';
import { pauseTexts } from './pauseTexts.ts';
import type { Pause } from './pauseTexts.ts';
import { standingOn } from './standing.ts';
import type { TestWindow } from './window.ts';

const { identities, subscriptions, groups } = sample;
const from = identityRef(identities.airflowProd.name);
const to: IdentityRef = { ...contoso, subscriptionId: subscriptions.development, resourceGroup: groups.development, name: identities.airflowDev.name };
const right = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete';
const settings = { pageSize: { ...smallPages, credentials: 20 } };
const pathOf = ({ name }: IdentityRef): string => `/${name}/federatedIdentityCredentials/`;

/** Deleting and moving, as the commands of the tree do it. */
export const credentialChanges: readonly Operation[] = [
  {
    name: 'Delete three credentials',
    hits: { method: 'DELETE', path: pathOf(from), skip: 1 },
    settings,
    right,
    snapshot,
    meanwhile: (world) => { credentialsOf(world, from).splice(1, 1); },
    begin: (window) => running(window, async (stop, report) => {
      const credentials = standingOn(window.client.cloud.world, identities.airflowProd.clientId).slice(0, 3);
      const change = await window.journal.begin({ title: from.name, surface: 'other' }, deletionsOf(from, credentials));
      const run = { credentials, store: storeOf(window, from), running: change, stepOf: (credential: (typeof credentials)[number]) => credentials.indexOf(credential) };
      const outcome = await deleteJournaled(run, { clock: skippingClock, stop, report: (_credential, progress) => { report(progress); } }).finally(() => change.end());
      return { states: statesOf(outcome), error: firstFailure(outcome) };
    }),
  },
  {
    name: 'Move two credentials to another identity',
    hits: { method: 'DELETE', path: pathOf(from), skip: 0 },
    settings,
    right,
    snapshot,
    begin: (window) => running(window, async (stop, report) => {
      const plan = planTransfer(standingOn(window.client.cloud.world, identities.airflowProd.clientId).slice(0, 2), { name: to.name, location: 'eastus' }, []);
      const alone = <T>(write: () => Promise<T>): Promise<T> => write();
      const outcome = await moveCredentials(plan.transfers, { ref: from, store: storeOf(window, from), alone }, { ref: to, store: storeOf(window, to), alone }, window.journal, {
        clock: skippingClock,
        stop,
        report: (_name, progress) => { report(progress); },
      });
      await outcome.running.end();
      const source = outcome.source === undefined ? [] : statesOf(outcome.source);
      return { states: [...[...outcome.target.rows.values()].map(({ state }) => state), ...source], error: outcome.source === undefined ? outcome.failure : firstFailure(outcome.source) };
    }),
  },
];

interface Ended {
  readonly states: readonly string[];
  readonly error: AirflowIdentityError | undefined;
}

function running(window: TestWindow, work: (stop: AbortSignal, report: (progress: RowProgress) => void) => Promise<Ended>): ReturnType<Operation['begin']> {
  const before = snapshot(window.client.cloud.world);
  const pauses: Pause[] = [];
  return {
    perform: async (stop): Promise<Told> => {
      try {
        const { states, error } = await work(stop, (progress) => { if (progress.state === 'pausing') { pauses.push(progress); } });
        const text = [...window.messages, ...pauseTexts(pauses), ...(error === undefined ? [] : [wordsOf(error)]), `Steps: ${states.join(', ')}.`].join('<br>');
        return { text, complete: states.every((state) => ['done', 'deleted', 'already'].includes(state)) };
      } catch (error) {
        return { text: isCancel(error) ? 'Nothing; it was cancelled.' : wordsOf(toAirflowIdentityError(error)), complete: false };
      }
    },
    stateAfter: (world, told) => stateOf(world, before, told),
  };
}

/** No workload may be locked out of both identities by a move, and what is told to be gone must be gone. */
function stateOf(world: World, before: Snapshot, told: Told | undefined): State {
  const now = snapshot(world);
  const changed = !isDeepStrictEqual(now.standing, before.standing);
  return told?.complete === true && !changed ? { text: now.text, wrong: 'untrue' } : { text: now.text };
}

function snapshot(world: World): Snapshot {
  const sides = [identities.airflowProd, identities.airflowDev].map(({ clientId }) => standingOn(world, clientId));
  const [source = [], target = []] = sides;
  return { standing: sides, text: target.length === 0 ? `${source.length} stand` : `${source.length} stand, ${target.length} on the other identity` };
}

function statesOf({ deletions }: DeleteOutcome): readonly string[] {
  return [...deletions.values()].map(({ state }) => state);
}

function storeOf(window: TestWindow, ref: IdentityRef): ReturnType<typeof identityCredentials> {
  return identityCredentials({ azure: () => window.azure, commands: window.actions }, ref);
}

function credentialsOf(world: World, { subscriptionId, resourceGroup, name }: IdentityRef): NonNullable<ReturnType<World['resources']['identity']>>['credentials'] {
  const identity = world.resources.identity(subscriptionId, resourceGroup, name);
  assert.ok(identity);
  return identity.credentials;
}
