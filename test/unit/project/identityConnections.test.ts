import assert from 'node:assert/strict';
import { airflowSettingsFormat } from '../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import { identityConnections } from '../../../src/project/identityConnections.ts';

const clientId = '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71';
const tenantId = '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887';

describe('the connections of a settings file that name an identity', () => {
  it('are read as Airflow would read them, of whatever type, with their lines', () => {
    const found = identityConnections(airflowSettingsFormat(), `airflow:
  connections:
    - conn_id: azure_wi
      conn_type: azure
      conn_extra: '{"managed_identity_client_id":"${clientId}","workload_identity_tenant_id":"${tenantId}","subscriptionId":"c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3"}'
    - conn_id: blobs
      conn_type: wasb
      conn_extra:
        managed_identity_client_id: ${clientId}
    - conn_id: postgres
      conn_type: postgres
`);
    assert.ok(!('kind' in found));
    assert.deepEqual(found.map(({ connection: { connectionId, type }, ...other }) => ({ connectionId, type, ...other, notes: other.notes.length })), [
      { connectionId: 'azure_wi', type: 'azure', clientId, tenantId, line: 3, notes: 0 },
      { connectionId: 'blobs', type: 'wasb', clientId, tenantId: undefined, line: 6, notes: 1 },
    ]);
    assert.equal(found[0]?.connection.extra['subscriptionId'], 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3');
  });

  it('say what keeps them from signing in as it', () => {
    const [found] = identityConnections(airflowSettingsFormat(), `airflow:
  connections:
    - conn_id: adf_ingest
      conn_type: azure
      conn_extra: '{"managed_identity_client_id":"${clientId}"}'
`) as readonly { readonly notes: readonly string[] }[];
    assert.match(found?.notes.join() ?? '', /is set without workload_identity_tenant_id/);
  });

  it('are none in an empty file, with or without a byte order mark', () => {
    assert.deepEqual(identityConnections(airflowSettingsFormat(), ''), []);
    assert.deepEqual(identityConnections(airflowSettingsFormat(), '\uFEFFairflow:\n  connections: []\n'), []);
  });

  it('are not guessed where the file does not parse', () => {
    const refused = identityConnections(airflowSettingsFormat(), 'airflow: [');
    assert.ok('kind' in refused);
    assert.match(refused.message, /does not parse/);
  });
});
