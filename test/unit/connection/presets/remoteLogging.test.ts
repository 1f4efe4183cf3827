import assert from 'node:assert/strict';
import { remoteLogging } from '../../../../src/connection/presets/remoteLogging.ts';
import { settingsText } from '../../../../src/connection/presets/settingsText.ts';
import { identity } from './samplePresets.ts';

describe('remote logging to Blob Storage', () => {
  it('is a connection in the environment and four settings that name it, its container and its folder', () => {
    const values = { account: 'https://mystorage.blob.core.windows.net', container: 'airflow-logs', folder: 'prod/logs', connectionId: 'azure_logs' };
    assert.equal(settingsText(remoteLogging().settings({ ...identity, values })), [
      `AIRFLOW_CONN_AZURE_LOGS={"conn_type":"wasb","host":"https://mystorage.blob.core.windows.net","extra":{"managed_identity_client_id":"${identity.clientId}","workload_identity_tenant_id":"${identity.tenantId}"}}`,
      'AIRFLOW__LOGGING__REMOTE_LOGGING=True',
      'AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER=wasb://prod/logs',
      'AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID=azure_logs',
      'AIRFLOW__AZURE_REMOTE_LOGGING__REMOTE_WASB_LOG_CONTAINER=airflow-logs',
      '',
    ].join('\n'));
  });

  it('takes no container or account for a folder', () => {
    const folder = remoteLogging().questions.find(({ id }) => id === 'folder');
    for (const value of ['wasb://logs', 'container@account.blob.core.windows.net/logs', '/logs', 'logs/']) {
      assert.match(folder?.problem(value) ?? '', /has to be a path/);
    }
  });
});
