import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectionIdOf } from '../../../src/connection/connectionEnvironment.ts';
import { readConnectionValue } from '../../../src/project/environment/connectionValue.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { asRead } from './expectations.ts';
import { airflow3 } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';

/** Pieces of URIs that Airflow reads otherwise than they look, put together in every way. */
const uris = fc.tuple(
  fc.constantFrom('azure', 'azure-data-factory', 'azure_data_factory', 'Azure-Batch', 'postgresql', 'a+b', '', '1azure'),
  fc.constantFrom('://', ':', ':///', '//'),
  fc.constantFrom('', '@', ':@', 'me@', 'me:secret@', ':secret@', 'm%40e:p%3Ass%2F@', 'a@b@', 'Me:@'),
  fc.constantFrom('', 'acct', 'Acct.Blob.example', 'https://Acct.example', 'https%3A%2F%2FAcct.example', 'https%3A%2F%2FAcct.example%2FPath', 'a%20b', '[::1]', 'http://a://b', 'ü.example', '%2FTmp%2Fx'),
  fc.constantFrom('', ':443', ':', ':x', ':99999', ':0'),
  fc.constantFrom('', '/', '/Schema', '/a/b', '//x', '/%2F', '/a%20b', '/;p=1'),
  fc.constantFrom('', '?', '?a=1', '?a=true&b=', '?a=1&a=2', '?a=b+c&d=%2B', '?__extra__=%7B%22a%22%3A%5B1%5D%7D', '?__extra__=nothing', '?__extra__=%7B%7D&a=1', '?a', '?a=b;c=d', '?%C3%BC=%F0%9F%98%80&x=%zz', '?a=1#f', '#f'),
).map((parts) => parts.join(''));

/** JSON with the keys of a connection, some others, and values of every kind. */
const jsonValues = fc.record({
  conn_type: fc.constantFrom('azure', 'azure-data-factory', 'AZURE', '', null),
  host: fc.constantFrom('h', '', null, 'https://Acct.example/p'),
  schema: fc.constantFrom('', 's', null),
  login: fc.constantFrom('', 'me', null),
  password: fc.constantFrom('', 'p', null),
  port: fc.constantFrom(443, '443', '', null, 1.5, true, ' 8 ', '-1'),
  // What is no object a task takes as it is, and every hook then fails; the extension says so at once.
  extra: fc.constantFrom({}, { a: { B: [1, null] } }, '{"a": 1}', '', null, '  {"a": 2}'),
  description: fc.constantFrom('d', null),
}, { requiredKeys: [] });

/** Now and then with a key that does not belong there. */
const jsonTexts = fc.tuple(jsonValues, fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom({ foo: 1 }, { conn_id: 'azure_wi' }, { extra_dejson: { a: 1 } }, { uri: 'azure://h' }, { host: 1 }, { login: true }, { conn_type: 5 }, { port: 'x' }, { port: '1e3' }) }))
  .map(([value, odd]) => JSON.stringify({ ...value, ...odd }));

/** What is not quite JSON, or looks like a URI by mistake. */
const oddities = ['{', '{}', '[]', '{"conn_type": "azure",}', ' {"conn_type": "azure"} ', "'{\"conn_type\": \"azure\"}'", '"azure://h"', 'azure', '{"conn_type": "azure", "conn_type": "wasb"}', '\t{"conn_type": "azure"}', '\uFEFF{"conn_type": "azure"}', 'azure://h\n?a=1'];

describe(`names of variables, as Airflow ${airflow3.airflow} looks for them`, () => {
  const names = ['AIRFLOW_CONN_AZURE_WI', 'AIRFLOW_CONN_AZURE-WI', 'AIRFLOW_CONN_A.B', 'AIRFLOW_CONN_azure_wi', 'airflow_conn_azure_wi', 'Airflow_Conn_AZURE_WI', 'AIRFLOW_CONN_Ü', 'AIRFLOW_CONNAZURE'];
  for (const name of names) {
    it(name, async () => {
      const ours = connectionIdOf(name);
      const id = (ours ?? name.replace(/^airflow_conn_?/iu, '')).toLowerCase();
      const airflow = await startedAirflow(airflow3);
      const { connection } = await airflow.read({ place: 'environment', variables: { [name]: 'azure://' }, connectionId: id });
      assert.equal(connection !== null, ours !== undefined);
    });
  }
});

describe(`values of variables, as Airflow ${airflow3.airflow} reads them in a task`, function () {
  this.timeout(120_000);
  let airflow: AirflowProcess;
  before(async () => {
    airflow = await startedAirflow(airflow3);
  });

  /** What the extension says, and what Airflow does; `undefined` where there is no connection. */
  const both = async (value: string): Promise<readonly [ours: unknown, airflows: unknown]> => {
    const { reading } = readConnectionValue(value);
    const { connection } = await airflow.read({ place: 'environment', variables: { AIRFLOW_CONN_AZURE_WI: value }, connectionId: 'azure_wi' });
    return [reading.kind === 'connection' ? { ...reading.fields, connectionId: 'azure_wi' } : undefined, asRead(connection)];
  };

  const agree = async (values: readonly string[]): Promise<void> => {
    const differences: string[] = [];
    let read = 0;
    for (const value of values) {
      const [ours, airflows] = await both(value);
      read += airflows === undefined ? 0 : 1;
      try {
        assert.deepEqual(ours, airflows);
      } catch {
        differences.push(`${value}\n  extension: ${JSON.stringify(ours)}\n  Airflow:   ${JSON.stringify(airflows)}`);
      }
    }
    assert.equal(differences.join('\n'), '');
    assert.ok(read > values.length / 2, `Airflow reads ${read} of ${values.length}`);
  };

  it('URIs', () => agree(fc.sample(uris, { numRuns: 500, seed: 7 })));
  it('JSON', () => agree(fc.sample(jsonTexts, { numRuns: 500, seed: 7 })));
  it('what is neither', () => agree(oddities));
});
