import type { CloudClient } from '../azure/cloudClient.ts';
import { anyMethod, atNth } from './faultKinds.ts';
import type { FaultKind } from './faultKinds.ts';
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
  await client.reset();
  const { world } = client.cloud;
  const window = new TestWindow(client);
  const run = operation.begin(window);
  if (!fault.set(world, operation)) {
    return undefined;
  }
  const told = await within(run.perform(new AbortController().signal));
  return told === 'hung' ? hung(fault.name) : { fault: fault.name, saw: told.text, requests: requestsIn(client), ...judged(run.stateAfter(world, told)) };
}

/** The row of a run that is stopped as its first request goes out, then anew as its second does, and so on to the last. */
export async function cancelCell(client: CloudClient, operation: Operation): Promise<Cell> {
  const fault = 'cancelled at each request in turn';
  const { steps } = await undisturbed(client, operation);
  const cells: Cell[] = [];
  for (let step = 0; step < steps; step++) {
    await client.reset();
    const { world } = client.cloud;
    const run = operation.begin(new TestWindow(client));
    const stop = new AbortController();
    atNth(world, { method: anyMethod, path: '', skip: step }, () => { stop.abort(); });
    const told = await within(run.perform(stop.signal));
    cells.push(told === 'hung' ? hung(fault) : { fault, saw: told.text, requests: requestsIn(client), ...judged(run.stateAfter(world, told)) });
  }
  return merged(fault, cells);
}

/** Runs the operation without any fault and gives how many requests it makes. */
async function undisturbed(client: CloudClient, operation: Operation): Promise<{ readonly steps: number; readonly told: Told; readonly state: State }> {
  await client.reset();
  const run = operation.begin(new TestWindow(client));
  const told = await run.perform(new AbortController().signal);
  return { steps: client.cloud.world.log.entries.length, told, state: run.stateAfter(client.cloud.world, told) };
}

function merged(fault: string, cells: readonly Cell[]): Cell {
  const each = (pick: (cell: Cell) => string): string => {
    const values = cells.map((cell) => pick(cell));
    return values.every((value) => value === values[0]) ? (values[0] ?? '') : values.map((value, index) => `${index + 1}: ${value}`).join('<br>');
  };
  return { fault, saw: each(({ saw }) => saw), requests: each(({ requests }) => requests), state: each(({ state }) => state), wrong: cells.find(({ wrong }) => wrong !== undefined)?.wrong };
}

function judged({ text, wrong }: State): Pick<Cell, 'state' | 'wrong'> {
  return { state: text, wrong };
}

function hung(fault: string): Cell {
  return { fault, saw: '', requests: '', state: '', wrong: 'hung' };
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

function requestsIn(client: CloudClient): string {
  const counts = new Map<string, number>();
  for (const { method } of client.cloud.world.log.entries) {
    counts.set(method, (counts.get(method) ?? 0) + 1);
  }
  return [...counts].map(([method, count]) => `${method} ${count}`).join(', ');
}
