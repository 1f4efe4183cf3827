import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';

const { lake, devStorage, fabrikamStorage, vault } = sample.resources;

/** When the sample's blobs and secrets were written. */
const writtenAt = Date.UTC(2026, 9, 30, 6, 15);

const blobs: readonly (readonly [string, string, readonly string[]])[] = [
  [lake.name, 'raw', ['customers/2026-10-29.csv', 'customers/2026-10-30.csv', 'orders/2026-10-30.csv', 'README.txt']],
  [lake.name, 'curated', ['customer_360/part-0000.csv', 'customer_360/part-0001.csv']],
  [lake.name, 'airflow-logs', ['dag_id=customer_360/run_id=scheduled__2026-10-30/task_id=load/attempt=1.log']],
  [devStorage.name, 'scratch', ['try-me.txt']],
  [fabrikamStorage.name, 'landing', ['nightly/2026-10-30.csv']],
];

/** Fills in a few small blobs, and the secrets that Airflow's Key Vault backend looks for (`airflow-connections-<id>`, underscores as hyphens). */
export function fillData(world: World): void {
  for (const [account, container, names] of blobs) {
    for (const name of names) {
      world.blobs.put(account, container, name, `content of ${name}\n`, writtenAt, name.endsWith('.csv') ? 'text/csv' : 'text/plain');
    }
  }
  world.secrets.set(vault.name, 'airflow-connections-warehouse', 'postgresql://reader@warehouse.contoso.example:5432/dwh', writtenAt);
  world.secrets.set(vault.name, 'airflow-variables-environment', 'production', writtenAt);
}
