import assert from 'node:assert/strict';
import { formatOf } from '../../../src/project/formats.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import type { SignIn } from './questions.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

/** A connections file with a mistake in it. */
interface SpoiltFile {
  readonly mistake: string;
  readonly fileName: string;
  readonly content: string;
  /** What `airflow connections import` says; without it, nothing: the connection arrives, and is not what it looks like. */
  readonly says?: RegExp;
  /** True where the local files backend takes it all the same. */
  readonly hasBackend?: true;
}

const good = '"good": {"conn_type": "azure"}';

function json(mistake: string, entry: string, says: RegExp): SpoiltFile {
  return { mistake, fileName: 'connections.json', content: `{"azure_wi": ${entry}, ${good}}`, says };
}

function env(mistake: string, line: string, says?: RegExp): SpoiltFile {
  return { mistake, fileName: 'connections.env', content: `good=azure://\n${line}\n`, ...(says === undefined ? {} : { says }) };
}

const notAnObject = /does not parse as a dictionary/u;

const spoilt: readonly SpoiltFile[] = [
  json('a key that Airflow does not know', '{"conn_type": "azure", "foo": 1}', /^airflow\.sdk\.exceptions\.AirflowException: The object have illegal keys: foo\./u),
  json('extra twice', '{"conn_type": "azure", "extra": {}, "extra_dejson": {}}', /The extra and extra_dejson parameters are mutually exclusive/u),
  json('another id inside', '{"conn_type": "azure", "conn_id": "other"}', /Mismatch conn_id\./u),
  json('null for a connection', 'null', /Unexpected value type: <class 'NoneType'>/u),
  json('a number for a connection', '5', /Unexpected value type: <class 'int'>/u),
  json('a list for extra', '{"conn_type": "azure", "extra": [1]}', notAnObject),
  json('text for extra_dejson', '{"conn_type": "azure", "extra_dejson": "{}"}', notAnObject),
  json('text that is no JSON for extra', '{"conn_type": "azure", "extra": "text"}', /Encountered non-JSON in `extra` field/u),
  json('two values', '["azure://", "azure://"]', /Found multiple values for azure_wi/u),
  { ...json('no type', '{"host": "h"}', /NOT NULL constraint failed: connection\.conn_type/u), hasBackend: true },
  json('a comment', '{"conn_type": "azure" /* mine */}', /Failed to load the secret file/u),
  env('a line without a value', 'azure_wi', /Invalid line format\. The line should contain at least one equal sign/u),
  env('an empty value', 'azure_wi=', /Invalid line format\. Value is empty/u),
  env('an empty id', '=azure://', /Invalid line format\. Key is empty/u),
  env('a line of blanks', '   \nazure_wi=azure://', /Invalid line format/u),
  env('JSON, which is read as a URI here', 'azure_wi={"conn_type": "azure"}'),
  env('quotes, which belong to the value', 'azure_wi="azure://h"'),
];

describe(`mistakes in connections files, as Airflow ${airflow3.airflow} takes them`, () => {
  let airflow: AirflowProcess;
  before(async () => {
    airflow = await startedAirflow(airflow3);
  });

  const read = (place: 'import' | 'localFiles', { fileName, content }: SpoiltFile, connectionId: string): Promise<Pick<SignIn, 'connection' | 'error'>> =>
    airflow.read({ place, fileName, content, connectionId });

  for (const file of spoilt) {
    it(`${file.fileName} with ${file.mistake} is said to be wrong`, async () => {
      const found = formatOf(file.fileName)?.read(file.content);
      assert.ok(found);
      assert.ok('kind' in found || found.findings.some(({ severity }) => severity === 'error'), JSON.stringify(found));
      const { connection, error } = await read('import', file, 'azure_wi');
      if (file.says === undefined) {
        assert.notEqual(connection?.conn_type, 'azure');
      } else {
        assert.match(error ?? '', file.says);
        for (const id of ['azure_wi', 'good']) {
          const { error: unknown } = await read('localFiles', file, id);
          assert.equal(unknown, file.hasBackend === true ? null : `airflow.sdk.exceptions.AirflowNotFoundException: The conn_id \`${id}\` isn't defined`);
        }
      }
    });
  }
});
