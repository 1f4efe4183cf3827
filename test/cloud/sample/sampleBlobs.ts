import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { lake, devStorage, fabrikamStorage } = sample.resources;

/** When the sample's blobs were written. */
const writtenAt = Date.UTC(2026, 9, 30, 6, 15);

const blobs: readonly (readonly [string, string, readonly string[]])[] = [
  [lake.name, 'raw', ['customers/2026-10-29.csv', 'customers/2026-10-30.csv', 'orders/2026-10-30.csv', 'README.txt']],
  [lake.name, 'curated', ['customer_360/part-0000.csv', 'customer_360/part-0001.csv']],
  [lake.name, 'airflow-logs', ['dag_id=customer_360/run_id=scheduled__2026-10-30/task_id=load/attempt=1.log']],
  [devStorage.name, 'scratch', ['try-me.txt']],
  [fabrikamStorage.name, 'landing', ['nightly/2026-10-30.csv']],
];

/** Fills in a few small blobs. */
export function fillBlobs(world: World): void {
  for (const [account, container, names] of blobs) {
    for (const name of names) {
      world.blobs.put(account, container, name, `content of ${name}\n`, writtenAt, name.endsWith('.csv') ? 'text/csv' : 'text/plain');
    }
  }
}
