import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Direction } from '../../../src/trust/journalRun.ts';
import type { CloudClient } from '../azure/cloudClient.ts';
import { anyMethod, atNth } from './faultKinds.ts';
import type { FaultKind } from './faultKinds.ts';
import { finishInterrupted } from './interrupted.ts';
import type { Operation, Run, State, Told } from './operation.ts';
import { TestWindow } from './window.ts';

/** What one fault did to one operation. */
export interface Cell {
  readonly fault: string;
  /** What the user saw. */
  readonly saw: string;
  /** For example `GET 2, PUT 4`. */
  readonly requests: string;
  /** What stands in Azure, or what is shown, afterwards. */
  readonly state: string;
  readonly wrong: State['wrong'] | 'hung' | undefined;
}

/** Longest time that a run may take with all its waits skipped; beyond it counts as hung. In milliseconds. */
const boundMs = 15_000;

/** Meets an operation with a fault; `undefined` where they cannot meet. */
export async function cellOf(client: CloudClient, operation: Operation, fault: FaultKind): Promise<Cell | undefined> {
  const run = await begun(client, operation, await freshStorage());
  return fault.set(client.cloud.world, operation) ? cellAfter(client, fault.name, run, new AbortController().signal) : undefined;
}

/** The row of a run that is stopped as its first request goes out, then anew as its second does, and so on to the last. */
export async function cancelCell(client: CloudClient, operation: Operation): Promise<Cell> {
  const fault = 'cancelled at each request in turn';
  const cells: Cell[] = [];
  for (const [skip] of (await requestMethods(client, operation)).entries()) {
    const run = await begun(client, operation, await freshStorage());
    const stop = new AbortController();
    atNth(client.cloud.world, { method: anyMethod, path: '', skip }, () => { stop.abort(); });
    cells.push({ ...(await cellAfter(client, fault, run, stop.signal)), ...(operation.snapshot === undefined ? {} : { requests: writesIn(client) }) });
  }
  return merged(fault, cells);
}

/**
 * The row of a window that goes as its first request is sent, then anew as its second is, and so on; the next window goes on
 * or undoes. With `reached` Azure still gets that request; without, only writes are looked at, since a lost read changes nothing.
 */
export async function reloadCell(client: CloudClient, operation: Operation, direction: Direction, reached: boolean): Promise<Cell | undefined> {
  const { snapshot, cannotBeUndone } = operation;
  if (snapshot === undefined) {
    return undefined;
  }
  const which = reached ? 'each request in turn, which Azure still gets' : 'each write in turn, which never reaches Azure';
  const fault = `the window goes at ${which}; then ${direction === 'goOn' ? '"Go on"' : '"Undo"'}`;
  const methods = await requestMethods(client, operation);
  const after = snapshot(client.cloud.world);
  const cells: Cell[] = [];
  for (const [skip] of [...methods.entries()].filter(([, method]) => reached || method !== 'GET')) {
    const storage = await freshStorage();
    const run = await begun(client, operation, storage);
    const { world } = client.cloud;
    const before = snapshot(world);
    if (!reached) {
      world.faults.add({ skip, times: 1, effect: { kind: 'reset' } });
    }
    atNth(world, { method: anyMethod, path: '', skip }, () => { run.window.end(); });
    void run.perform(new AbortController().signal);
    await run.window.wentQuiet;
    world.faults.clear();
    const next = finishInterrupted(new TestWindow(client, storage), direction, { snapshot, before, after, cannotBeUndone });
    cells.push({ ...(await cellAfter(client, fault, next, new AbortController().signal)), requests: writesIn(client) });
  }
  return merged(fault, cells);
}

async function begun(client: CloudClient, operation: Operation, storage: string): Promise<Run & { readonly window: TestWindow }> {
  await client.newWorld();
  Object.assign(client.cloud.world.settings, operation.settings);
  operation.prepare?.(client.cloud.world);
  const window = new TestWindow(client, storage);
  return { ...operation.begin(window), window };
}

async function cellAfter(client: CloudClient, fault: string, run: Run, stop: AbortSignal): Promise<Cell> {
  const told = await within(run.perform(stop));
  return told === 'hung'
    ? { fault, saw: '', requests: '', state: '', wrong: 'hung' }
    : { fault, saw: told.text, requests: requestsIn(client), ...judged(run.stateAfter(client.cloud.world, told)) };
}

/** Runs the operation without any fault and gives the methods of its requests. */
async function requestMethods(client: CloudClient, operation: Operation): Promise<readonly string[]> {
  const run = await begun(client, operation, await freshStorage());
  await run.perform(new AbortController().signal);
  return client.cloud.world.log.entries.map(({ method }) => method);
}

const storages: string[] = [];

async function freshStorage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'airflow-identity-journal-'));
  storages.push(folder);
  return folder;
}

/** Removes the folders that the windows kept their journals in. */
export async function removeStorages(): Promise<void> {
  await Promise.all(storages.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** One cell for several: values that stay the same are said once, with the requests they belong to. */
function merged(fault: string, cells: readonly Cell[]): Cell {
  const each = (pick: (cell: Cell) => string): string => {
    const spans: { text: string; from: number; to: number }[] = [];
    for (const [index, cell] of cells.entries()) {
      const last = spans.at(-1);
      if (last?.text === pick(cell)) {
        last.to = index + 1;
      } else {
        spans.push({ text: pick(cell), from: index + 1, to: index + 1 });
      }
    }
    return spans.length === 1 ? (spans[0]?.text ?? '') : spans.map(({ text, from, to }) => `${from === to ? from : `${from} to ${to}`}: ${text}`).join('<br>');
  };
  return { fault, saw: each(({ saw }) => saw), requests: each(({ requests }) => requests), state: each(({ state }) => state), wrong: cells.find(({ wrong }) => wrong !== undefined)?.wrong };
}

function judged({ text, wrong }: State): Pick<Cell, 'state' | 'wrong'> {
  return { state: text, wrong };
}

async function within(told: ReturnType<Run['perform']>): Promise<Told | 'hung'> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<'hung'>((resolve) => {
    timer = setTimeout(() => { resolve('hung'); }, boundMs);
  });
  try {
    return await Promise.race([told, bound]);
  } finally {
    clearTimeout(timer);
  }
}

/** How many reads a window made before it stopped is chance where it reads two things at once; writes go one by one. */
function writesIn(client: CloudClient): string {
  return requestsIn(client, (method) => method !== 'GET') || 'no write';
}

function requestsIn(client: CloudClient, counted: (method: string) => boolean = () => true): string {
  const counts = new Map<string, number>();
  for (const { method } of client.cloud.world.log.entries.filter((entry) => counted(entry.method))) {
    counts.set(method, (counts.get(method) ?? 0) + 1);
  }
  return [...counts].map(([method, count]) => `${method} ${count}`).join(', ');
}
