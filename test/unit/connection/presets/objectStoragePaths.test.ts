import assert from 'node:assert/strict';
import { objectStoragePaths } from '../../../../src/connection/presets/objectStoragePaths.ts';
import { identity } from './samplePresets.ts';

describe('object storage paths', () => {
  const preset = objectStoragePaths();
  const answers = (account: string): Parameters<typeof preset.settings>[0] => ({ ...identity, values: { account, container: 'curated', connectionId: 'azure_storage' } });

  it('need the bare name of the account in extra, because they ignore the host', () => {
    const { connection, variables } = preset.settings(answers('https://mystorage.blob.core.windows.net'));
    assert.deepEqual(variables, []);
    assert.deepEqual(connection?.extra, { managed_identity_client_id: identity.clientId, workload_identity_tenant_id: identity.tenantId, account_name: 'mystorage' });
  });

  it('need the host of the account in other clouds too', () => {
    const { connection } = preset.settings(answers('https://mystorage.blob.core.usgovcloudapi.net'));
    assert.equal(connection?.extra['account_name'], 'mystorage');
    assert.equal(connection.extra['account_host'], 'mystorage.blob.core.usgovcloudapi.net');
  });

  it('are written into DAGs with the connection in front of the container', () => {
    assert.equal(preset.snippet?.(answers('https://mystorage.blob.core.windows.net')), '# In Airflow 2: from airflow.io.path import ObjectStoragePath\nfrom airflow.sdk import ObjectStoragePath\n\nbase = ObjectStoragePath("abfs://azure_storage@curated/")');
  });
});
