import assert from 'node:assert/strict';
import { objectStorageXcom } from '../../../../src/connection/presets/objectStorageXcom.ts';
import { identity } from './samplePresets.ts';

describe('XComs in object storage', () => {
  it('are a backend, a path that names its connection, and a threshold', () => {
    const values = { account: 'https://mystorage.blob.core.windows.net', container: 'airflow', folder: 'xcom', threshold: '1048576', connectionId: 'azure_xcom' };
    const { variables, connection } = objectStorageXcom().settings({ ...identity, values });
    assert.deepEqual(variables.map(({ name, value }) => `${name}=${value}`), [
      'AIRFLOW__CORE__XCOM_BACKEND=airflow.providers.common.io.xcom.backend.XComObjectStorageBackend',
      'AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH=abfs://azure_xcom@airflow/xcom',
      'AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_THRESHOLD=1048576',
    ]);
    assert.equal(connection?.extra['account_name'], 'mystorage');
  });
});
