import assert from 'node:assert/strict';
import { keyVaultSecrets } from '../../../../src/connection/presets/keyVaultSecrets.ts';
import { settingsText } from '../../../../src/connection/presets/settingsText.ts';
import { identity } from './samplePresets.ts';

describe('Key Vault as secrets backend', () => {
  const preset = keyVaultSecrets();
  const vault = { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-data', name: 'kv-data', subscriptionId: 's', resourceGroup: 'g', location: 'westeurope' };

  it('is two variables, with both keys of the identity', () => {
    const text = settingsText(preset.settings({ ...identity, values: { vault: 'https://kv-data.vault.azure.net', connections_prefix: 'airflow-connections', variables_prefix: 'vars' } }));
    assert.equal(text, [
      'AIRFLOW__SECRETS__BACKEND=airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend',
      `AIRFLOW__SECRETS__BACKEND_KWARGS={"connections_prefix":"airflow-connections","variables_prefix":"vars","vault_url":"https://kv-data.vault.azure.net/","managed_identity_client_id":"${identity.clientId}","workload_identity_tenant_id":"${identity.tenantId}"}`,
      '',
    ].join('\n'));
  });

  it('takes the address that the vault itself gives, in any cloud', () => {
    const [question] = preset.questions;
    for (const service of ['https://kv-data.vault.azure.net/', 'https://kv-data.vault.usgovcloudapi.net/', 'https://kv-data.vault.azure.cn/']) {
      const filled = question?.fill?.({ ...vault, endpoints: { service } });
      assert.equal(question?.problem(filled ?? ''), undefined);
    }
  });
});
