import assert from 'node:assert/strict';
import { isCancel, toAirflowIdentityError } from '../../../src/errors.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import type { RowProgress } from '../../../src/trust/apply.ts';
import { applyJournaled } from '../../../src/trust/journaledApply.ts';
import type { JournaledRun } from '../../../src/trust/journaledApply.ts';
import { planTrust, rowsToWrite, sameTrust, trusts } from '../../../src/trust/plan.ts';
import type { DesiredCredential } from '../../../src/trust/plan.ts';
import { identityCredentials } from '../../../src/vscode/credentials/identityCredentials.ts';
import { storedCredential } from '../../cloud/arm/resources.ts';
import type { FederatedCredential as StoredCredential } from '../../cloud/arm/resources.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { identityRef, skippingClock } from '../azure/cloudClient.ts';
import { smallPages, wordsOf } from './listings.ts';
import { pauseTexts } from './pauseTexts.ts';
import type { Pause } from './pauseTexts.ts';
import type { Operation, State, Told } from './operation.ts';
import { standingOn } from './standing.ts';
import type { TestWindow } from './window.ts';

const ref = identityRef(sample.identities.airflowProd.name);
const { clientId } = sample.identities.airflowProd;
const { namespace } = sample.astro.deployments.customer360;

/** Two to create, and between them one to replace: the identity holds its name for the cluster that the deployment left. */
const wanted: readonly DesiredCredential[] = ['dag-processor', 'worker', 'kpo'].map((workload) => ({
  rowId: workload,
  name: `${namespace}-${workload}`,
  issuer: sample.issuers.prod,
  subject: `system:serviceaccount:${namespace}:${namespace}-${workload}-serviceaccount`,
  audience: publicAudience,
  ticked: true,
  recommended: true,
}));

/** A connect run of three credentials; faults hit the second write. */
export const connectRun: Operation = {
  name: 'Connect: write three credentials',
  hits: { method: 'PUT', path: '/federatedIdentityCredentials/', skip: 1 },
  right: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
  notYet: ['ParentResourceNotFound', "Failed to perform 'write' on resource(s) of type 'userAssignedIdentities/federatedIdentityCredentials', because the parent resource could not be found."],
  meanwhile: (world) => {
    const [, worker] = wanted;
    credentialsIn(world).push(storedCredential('by-a-colleague', worker?.issuer ?? '', worker?.subject ?? ''));
  },
  settings: { pageSize: { ...smallPages, credentials: 20 } },
  snapshot: (world) => {
    const held = standingOn(world, clientId);
    return { standing: held, text: stateOf(held, held, new Map()).text };
  },
  begin: (window) => {
    const before = standingOn(window.client.cloud.world, clientId);
    const plan = planTrust(wanted, before);
    const rows = new Map<string, RowProgress>();
    const pauses: Pause[] = [];
    return {
      perform: async (stop) => {
        try {
          const store = identityCredentials({ azure: () => window.azure, commands: window.actions }, ref);
          const run: JournaledRun = { ref, rows: rowsToWrite(plan), further: [], store, journal: window.journal, surface: 'form' };
          const { running } = await applyJournaled(run, {
            clock: skippingClock,
            stop,
            report: (rowId, progress) => {
              rows.set(rowId, progress);
              if (progress.state === 'pausing') {
                pauses.push(progress);
              }
            },
          });
          await running.end();
          return toldBy(window, rows, pauses);
        } catch (error) {
          return { text: isCancel(error) ? 'Nothing; it was cancelled.' : wordsOf(toAirflowIdentityError(error)), complete: false };
        }
      },
      stateAfter: (world, told) => stateOf(before, standingOn(world, clientId), told === undefined ? new Map() : rows),
    };
  },
};

function toldBy(window: TestWindow, rows: ReadonlyMap<string, RowProgress>, pauses: readonly Pause[]): Told {
  const states = [...rows.values()];
  const ends = states.map((row) => (row.state === 'done' ? row.outcome : row.state));
  const errors = states.flatMap((row) => (row.state === 'failed' ? [`${wordsOf(row.error)}${row.known ? '' : ' Unknown whether it was written.'}`] : []));
  return {
    text: [...window.messages, ...pauseTexts(pauses), ...new Set(errors), `Rows: ${ends.join(', ')}.`].join('<br>'),
    complete: states.every(({ state }) => state === 'done'),
  };
}

function credentialsIn(world: World): StoredCredential[] {
  const identity = world.resources.identityByClientId(clientId);
  assert.ok(identity);
  return identity.credentials;
}

/** Everything that stood there and was not to be replaced must stand; each wanted one once; and what a row says must be so. */
function stateOf(before: readonly FederatedCredential[], now: readonly FederatedCredential[], rows: ReadonlyMap<string, RowProgress>): State {
  const written = wanted.filter((one) => now.some((held) => trusts(held, one)));
  const text = `${written.length} of ${wanted.length} stand`;
  const replaced = wanted.map(({ name }) => name);
  if (before.some((held) => !now.some((other) => sameTrust(held, other)) && !replaced.includes(held.name))) {
    return { text, wrong: 'lost' };
  }
  if (now.some((held, index) => now.findIndex((other) => sameTrust(held, other)) !== index)) {
    return { text, wrong: 'doubled' };
  }
  const untrue = wanted.some((one) => {
    const row = rows.get(one.rowId);
    const stands = written.includes(one);
    return row?.state === 'done' ? !stands : row?.state === 'failed' && row.known ? stands : false;
  });
  return untrue ? { text, wrong: 'untrue' } : { text };
}
