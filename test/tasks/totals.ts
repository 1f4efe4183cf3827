import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** How many tests of a layer passed and failed. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
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
