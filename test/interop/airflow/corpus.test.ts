import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFormats } from '../../../src/project/formats.ts';
import { projectDir } from '../../tasks/projectDir.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { asRead } from './expectations.ts';
import { formatReaders } from './formatReaders.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

/** Connections, by file, that are passed over. */
const passedOver: Readonly<Record<string, readonly string[]>> = {
  // Airflow reads it and forgets an id with a blank in it; import passes it over.
  'connectionsYaml/plain.yaml': ['quoted id'],
};

describe(`connections that the extension finds in files without a mistake, as Airflow ${airflow3.airflow} reads them from there`, () => {
  let airflow: AirflowProcess;
  before(async () => {
    airflow = await startedAirflow(airflow3);
  });

  for (const format of projectFormats()) {
    for (const file of globSync(`test/unit/project/corpus/${format.id}/*`, { cwd: projectDir }).sort()) {
      const name = `${format.id}/${path.basename(file)}`;
      it(name, async () => {
        const text = readFileSync(path.join(projectDir, file), 'utf8');
        const content = format.read(text);
        assert.ok(!('kind' in content), 'the extension refuses the file');
        const { connections, findings } = content;
        const right = findings.length > 0 ? [] : connections.filter(({ connection }) => passedOver[name]?.includes(connection.connectionId) !== true);
        for (const { connection } of right) {
          for (const [way, reader] of Object.entries(formatReaders[format.id]?.ways ?? {})) {
            const read = await airflow.read({ ...reader(text), connectionId: connection.connectionId });
            assert.deepEqual(asRead(read.connection), connection, `${way}: ${read.error ?? ''}`);
          }
        }
      });
    }
  }
});
