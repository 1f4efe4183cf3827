import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connectionIdOf, connectionVariable } from '../../../src/connection/connectionEnvironment.ts';
import { connectionJson, readConnectionJson } from '../../../src/connection/connectionJson.ts';
import { anyConnection, connectionId } from './connectionArbitraries.ts';
import { azureConnection, foundConnection } from './sampleConnection.ts';

describe('a connection as JSON in an environment variable', () => {
  it('names the type first, leaves out what is not set and keeps what is empty', () => {
    assert.equal(
      connectionJson({ ...azureConnection(), type: 'azure_service_bus', schema: '' }),
      '{"conn_type":"azure_service_bus","schema":"","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}',
    );
  });

  it('holds nothing that a reader of .env files, Docker Compose or a YAML reader would take for something else, and comes back as it was', () => {
    fc.assert(fc.property(anyConnection, ({ connectionId: _id, ...fields }) => {
      const json = connectionJson(fields);
      // oxlint-disable-next-line eslint/no-control-regex -- control characters are what must not be there
      assert.doesNotMatch(json, /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF$#]/);
      assert.deepEqual(readConnectionJson(json), { kind: 'connection', fields });
    }), { numRuns: 2_000 });
  });

  it('is read with dashes in its type, null for absent, and extra as an object or as text', () => {
    const reading = readConnectionJson('{"conn_type":"azure-data-factory","login":null,"port":"5432","extra":"{\\"a\\":1}"}');
    const { connectionId: _id, ...fields } = foundConnection('', 'azure_data_factory', { a: 1 });
    assert.deepEqual(reading, { kind: 'connection', fields: { ...fields, port: 5432 } });
  });

  it('may hold a URI alone', () => {
    const reading = readConnectionJson('{"uri":"azure://?a=b"}');
    assert.ok(reading.kind === 'connection');
    assert.deepEqual(reading.fields.extra, { a: 'b' });
  });

  // Each of them made apache-airflow 3.3.2 say that the connection isn't defined.
  for (const [json, key] of [
    ['{"conn_type": "azure",}', undefined], ['[]', undefined], ['{"conn_id": "azure_wi", "conn_type": "azure"}', 'conn_id'], ['{"conn_type": "azure", "extra_dejson": {}}', 'extra_dejson'],
    ['{"foo": 1}', 'foo'], ['{"uri": "azure://", "host": "h"}', 'uri'], ['{"port": "https"}', 'port'], ['{"host": 1}', 'host'], ['{"login": true}', 'login'], ['{"extra": []}', 'extra'], ['{"extra": "text"}', 'extra'], ['{"uri": "a://b://c://d"}', 'uri'],
  ] as const) {
    it(`makes no connection of ${json}`, () => {
      const reading = readConnectionJson(json);
      assert.equal(reading.kind, 'invalid');
      assert.equal(reading.kind === 'invalid' && reading.key, key);
    });
  }
});

describe('the environment variable of a connection', () => {
  it('is its id in capitals, with nothing else changed', () => {
    assert.equal(connectionVariable('azure-wi.2'), 'AIRFLOW_CONN_AZURE-WI.2');
  });

  it('gives the id back, in lower case', () => {
    fc.assert(fc.property(connectionId, (id) => {
      assert.equal(connectionIdOf(connectionVariable(id)), id);
    }));
  });

  it('is none in lower case, without an id or with another beginning', () => {
    assert.deepEqual(['airflow_conn_x', 'AIRFLOW_CONN_azure', 'AIRFLOW_CONN_', 'AIRFLOW_VAR_X'].map(connectionIdOf), [undefined, undefined, undefined, undefined]);
  });
});
