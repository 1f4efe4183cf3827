import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import type Mocha from 'mocha';

/** How many tests of a layer passed and failed. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  /** One line for each failure: the test's full title and the first line of its error. */
  readonly failures: readonly string[];
}

/** Collects the totals of a run from its start on; call the result when the run is over. */
export function totalsOf(runner: Mocha.Runner): () => Totals {
  const failures: string[] = [];
  runner.on('fail', (test, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    failures.push(`${test.fullTitle()}: ${message.split('\n', 1)[0] ?? ''}`);
  });
  return () => ({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0, failures });
}

/** Environment variable with the file that a layer writes its totals to, so that they are counted and never parsed from output. */
export const totalsFileVariable = 'AIRFLOW_IDENTITY_TEST_TOTALS';

/** Writes the totals where the caller of this process asked for them; without such a wish it does nothing. */
export function writeTotals(totals: Totals): void {
  const file = process.env[totalsFileVariable];
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify(totals));
  }
}

/** Reads the totals that a process left in `file`; undefined when it ended before it could write them. */
export function readTotals(file: string): Totals | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Totals) : undefined;
}
