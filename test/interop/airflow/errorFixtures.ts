import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../../cloud/sampleWorld.ts';

const known = JSON.stringify(sample);

/**
 * Holds an error that Airflow logged against `test/interop/fixtures/<name>.txt`, which is kept for whoever explains such errors.
 * With `--update` the fixture is written anew.
 */
export async function checkErrorFixture(name: string, error: string | null): Promise<void> {
  const file = path.join(import.meta.dirname, '..', 'fixtures', `${name}.txt`);
  const text = `${normalized(error ?? '')}\n`;
  if (process.argv.includes('--update')) {
    await writeFile(file, text);
  }
  assert.equal(text, await readFile(file, 'utf8'));
}

/** What differs from run to run gets one form: ids that are not the sample world's, times, Python's addresses. */
function normalized(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, (id) => (known.includes(id) ? id : '00000000-0000-0000-0000-000000000000'))
    .replaceAll(/\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(\.\d+)?Z/gu, (_, separator: string, fraction: string | undefined) => `2026-01-01${separator}00:00:00${'.0000000'.slice(0, fraction?.length ?? 0)}Z`);
}
