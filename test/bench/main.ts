// npm run bench: how large, how fast. Prints a table, and one JSON object as the last line of standard output.
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { buildAll } from '../tasks/runCommand.ts';
import { whenAskedToEnd } from '../tasks/whenAskedToEnd.ts';
import { measureActivation } from './activation.ts';
import { measureApply } from './applyPlan.ts';
import { startCloudProcess } from './cloudProcess.ts';
import type { CloudProcess } from './cloudProcess.ts';
import { measureCompletion } from './completion.ts';
import { measureDiagnostics } from './diagnostics.ts';
import { measureEntryLoad } from './entryLoad.ts';
import { measureListing } from './listing.ts';
import { medianRun } from './median.ts';
import { measureSizes } from './sizes.ts';
import { measureWarmTree } from './warmTree.ts';

/** Points this process at the cloud as its users are: by the proxy variables and a trusted CA. */
function useCloud({ env }: CloudProcess): void {
  Object.assign(process.env, env);
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8')]);
}

/** Three digits tell more than the noise of a machine allows. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;
}

function* tableRows(figures: object, prefix = ''): Generator<readonly [string, string]> {
  for (const [name, value] of Object.entries(figures) as [string, unknown][]) {
    if (typeof value === 'object' && value !== null) {
      yield* tableRows(value, `${prefix}${name}.`);
    } else {
      yield [`${prefix}${name}`, String(rounded(name, value))];
    }
  }
}

await buildAll();
const sizes = await measureSizes();
const entry = await measureEntryLoad();
const cloud = await startCloudProcess();
whenAskedToEnd(() => void cloud.stop().finally(() => process.exit(1)));
try {
  const activation = await measureActivation(cloud.env);
  const warm = await measureWarmTree(cloud.env);
  useCloud(cloud);
  const list = await measureListing(cloud);
  const apply = await measureApply(cloud);
  // What these read and write in this process is not to weigh on the listing.
  const completion = await medianRun(3, measureCompletion, ({ completionP99Ms }) => completionP99Ms);
  const diagnostics = await medianRun(3, measureDiagnostics, ({ diagnosticsP99Ms }) => diagnosticsP99Ms);
  const { entryKB, ...otherSizes } = sizes;
  const figures = { entryKB, ...entry, ...activation, ...otherSizes, ...list, ...warm, ...apply, ...completion, ...diagnostics };
  const rows = [...tableRows(figures)];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(8)}`).join('\n')}\n`);
  console.log(JSON.stringify(figures, rounded));
} finally {
  await cloud.stop();
}
