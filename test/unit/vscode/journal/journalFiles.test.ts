import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from '../../../../src/trust/journal.ts';
import type { Change } from '../../../../src/trust/journalEntry.ts';
import { JournalFiles } from '../../../../src/vscode/journal/journalFiles.ts';
import { desired, identity, standing } from '../../trust/trustSamples.ts';
import { StillClock } from '../../trust/identityModel.ts';

/** No system gives this process id away: a window of this process has gone. */
const gone = { pid: 2 ** 30, host: hostname() };
const here = { pid: process.pid, host: hostname() };
const elsewhere = { pid: 1, host: 'another-machine' };

const { account, tenantId, subscriptionId, resourceGroup, name } = identity;
const change: Change = {
  kind: 'credential',
  identity: { account, tenantId, subscriptionId, resourceGroup, name },
  name: desired('worker').name,
  after: { name: desired('worker').name, issuer: desired('worker').issuer, subject: desired('worker').subject, audience: desired('worker').audience },
  before: standing('worker', { issuer: 'https://old/' }),
};
const about = { title: identity.name, surface: 'other' } as const;

describe('journal files', () => {
  let folder: string;
  const warnings: string[] = [];
  const windowOf = (owner: { pid: number; host: string }): Journal => new Journal(new JournalFiles(folder, (text) => warnings.push(text), owner), new StillClock());
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'airflow-identity-test-')), 'changes');
    warnings.length = 0;
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

  it('hold a change from before its first write, and nothing once it has ended', async () => {
    assert.deepEqual(await windowOf(here).unfinished(), []);
    const running = await windowOf(gone).begin(about, [change]);
    await running.started(0);
    const [entry] = await windowOf(here).unfinished();
    assert.deepEqual(entry, running.entry);
    assert.deepEqual(entry?.steps, [{ change, state: 'started' }]);
    running.settled(0, 'done');
    await running.end();
    assert.deepEqual(await readdir(folder), []);
  });

  it('keep what was interrupted by something that passes', async () => {
    const running = await windowOf(here).begin(about, [change]);
    running.settled(0, 'interrupted');
    await running.end();
    assert.deepEqual((await windowOf(here).unfinished()).map(({ id }) => id), [running.entry.id]);
  });

  it('belong to the window that lives, also on another machine', async () => {
    await windowOf(here).begin(about, [change]);
    await windowOf(elsewhere).begin(about, [change]);
    assert.deepEqual(await windowOf(gone).unfinished(), []);
  });

  it('can be taken over once the window is silent, and then the first one may not write any more', async () => {
    const first = await windowOf(elsewhere).begin(about, [change]);
    const { id } = first.entry;
    assert.equal(await windowOf(here).takeOver(id), undefined);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path.join(folder, `${id}.lease.1`), longAgo, longAgo);
    const second = await windowOf(here).takeOver(id);
    assert.ok(second);
    await assert.rejects(first.started(0), { code: 'conflict', message: /Another window/ });
    await first.dismiss();
    await second.started(0);
    assert.equal(second.entry.steps[0]?.state, 'started');
  });

  it('go to one of two windows that ask at once', async () => {
    const { entry } = await windowOf(gone).begin(about, [change]);
    const taken = await Promise.all([windowOf(here), windowOf(elsewhere), windowOf(here)].map((journal) => journal.takeOver(entry.id)));
    assert.equal(taken.filter((running) => running !== undefined).length, 1);
  });

  it('are left as they are where they are not understood, and the log hears of it', async () => {
    const { entry } = await windowOf(gone).begin(about, [change]);
    for (const [file, text] of [
      ['00000000-0000-4000-8000-000000000001.json', '{"version":1'],
      ['00000000-0000-4000-8000-000000000002.json', JSON.stringify({ ...entry, version: 2 })],
      ['00000000-0000-4000-8000-000000000003.json', JSON.stringify({ ...entry, title: 'x'.repeat(5_000) })],
    ] as const) {
      await writeFile(path.join(folder, file), text);
    }
    assert.deepEqual((await windowOf(here).unfinished()).map(({ id }) => id), [entry.id]);
    assert.equal(warnings.length, 3);
    assert.equal((await readdir(folder)).filter((file) => file.endsWith('.json')).length, 4);
  });

  it('that cannot be written keep a change from beginning', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await assert.rejects(windowOf(here).begin(about, [change]), { code: 'fileReadOnly', message: /nothing was changed in Azure/ });
  });

  it('carry what an earlier run did into the next, and forget that run', async () => {
    const first = await windowOf(here).begin(about, [change, { ...change, name: 'other-name' }]);
    first.settled(0, 'done');
    first.settled(1, 'interrupted');
    await first.end();
    const journal = windowOf(here);
    const earlier = await journal.takeOver(first.entry.id);
    const second = await journal.begin(about, [{ ...change, name: 'other-name' }], earlier);
    assert.deepEqual(second.entry.steps.map(({ change: { kind }, state }) => [kind, state]), [['credential', 'planned'], ['credential', 'done']]);
    assert.deepEqual((await readdir(folder)).filter((file) => file.endsWith('.json')), [`${second.entry.id}.json`]);
    await second.dismiss();
  });
});
