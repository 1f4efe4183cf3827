import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import type { Clock } from '../../../src/clock.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { ApplyOutcome } from '../../../src/trust/apply.ts';
import { applyJournaled } from '../../../src/trust/journaledApply.ts';
import { planTrust, rowsToWrite } from '../../../src/trust/plan.ts';
import { identityCredentials } from '../../../src/vscode/credentials/identityCredentials.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { connectToCloud, contoso } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';
import { TestWindow } from './window.ts';

/** Pauses take a fiftieth of their time, and so does a write of this world: 1.5 s in the service. */
const scale = 50;
const serviceMs = 1_500 / scale;
const scaledClock: Clock = { now: () => systemClock.now(), sleep: (ms, signal) => systemClock.sleep(ms / scale, signal) };

const ref = { ...contoso, subscriptionId: sample.subscriptions.development, resourceGroup: sample.groups.development, name: sample.identities.airflowDev.name };

describe('two windows that write to one identity', () => {
  let client: CloudClient;
  let storage: string;
  before(async () => {
    client = await connectToCloud({ settings: { serviceMs, identityWrites: { burst: 40, perSecond: 0.25 * scale } } });
  });
  beforeEach(async () => {
    await client.reset();
    storage = await mkdtemp(path.join(tmpdir(), 'airflow-identity-two-windows-'));
  });
  afterEach(() => rm(storage, { recursive: true }));
  after(() => client.stop());

  /** A connect run of ten workloads. */
  async function connect(namespace: string): Promise<ApplyOutcome> {
    const window = new TestWindow(client, storage);
    const wanted = Array.from({ length: 10 }, (_, index) => ({
      rowId: String(index),
      name: `${namespace}-${index}`,
      issuer: sample.issuers.dev,
      subject: `system:serviceaccount:${namespace}:worker-${index}`,
      audience: publicAudience,
      ticked: true,
      recommended: true,
    }));
    const { outcome, running } = await applyJournaled(
      { ref, rows: rowsToWrite(planTrust(wanted, [])), further: [], store: identityCredentials({ azure: () => window.azure, commands: window.actions }, ref), journal: window.journal, surface: 'other' },
      { clock: scaledClock, stop: new AbortController().signal, report: () => undefined },
    );
    await running.end();
    return outcome;
  }

  async function bothConnect(): Promise<readonly ApplyOutcome[]> {
    const outcomes = await Promise.all([connect('one'), connect('two')]);
    assert.deepEqual(await new TestWindow(client, storage).journal.unfinished(), []);
    return outcomes;
  }

  function standing(): readonly string[] {
    return client.cloud.world.resources.identityByClientId(sample.identities.airflowDev.clientId)?.credentials.map(({ name }) => name) ?? [];
  }

  const states = ({ rows }: ApplyOutcome): readonly string[] => [...rows.values()].map((row) => (row.state === 'done' ? row.outcome : row.state));

  it('both end well: everything is written once, and neither asks without a pause', async () => {
    const outcomes = await bothConnect();
    assert.deepEqual(outcomes.flatMap(states), Array.from({ length: 20 }, () => 'created'));
    assert.equal(new Set(standing()).size, 20);
    const writes = client.cloud.world.log.entries.filter(({ method }) => method === 'PUT');
    const refused = writes.filter(({ status }) => status === 409);
    assert.ok(refused.length > 0, 'they did meet');
    assert.ok(writes.length <= 60, `${writes.length} writes for 20 credentials`);
  });

  it('both end well where the service takes few writes, with and without saying when it takes the next', async () => {
    for (const [skip, headers] of [[4, { 'retry-after': '2' }], [12, {}]] as const) {
      client.cloud.world.faults.add({ method: 'PUT', skip, times: 3, effect: { kind: 'answer', status: 429, headers, body: { error: { code: 'TooManyRequests', message: 'Slow down.' } } } });
    }
    const outcomes = await bothConnect();
    assert.deepEqual(outcomes.flatMap(states), Array.from({ length: 20 }, () => 'created'));
    assert.equal(new Set(standing()).size, 20);
  });
});
