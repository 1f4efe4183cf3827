import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { bareNameProblem, brokenBy, hookName, httpsAddress, isFilled, providerDocs, secretField } from './fieldRules.ts';

/** `wasb`: blobs. What stands in `extra` beside its own keys is handed to `BlobServiceClient`, so it is kept small. */
export function wasb(): ConnectionType {
  return {
    id: 'wasb',
    title: 'Azure Blob Storage',
    purpose: l10n.t('Read and write blobs'),
    hook: hookName('wasb.WasbHook'),
    defaultConnectionId: 'wasb_default',
    fields: [
      {
        id: 'host',
        place: 'host',
        title: l10n.t('Account URL'),
        description: l10n.t('The blob address of the storage account. A host without a dot is ignored, a path is dropped.'),
        example: 'https://mystorage.blob.core.windows.net',
        need: 'choice',
        source: 'storageAccount',
        fill: ({ endpoints }) => httpsAddress(endpoints['blob']),
        problem: (value) => (/^(?:https:\/\/)?[^\s/:]+\.[^\s/:]+\/?$/i.test(value)
          ? undefined
          : l10n.t('"{0}" has to be the account\'s address, such as https://mystorage.blob.core.windows.net.', value)),
      },
      {
        id: 'login',
        place: 'login',
        title: l10n.t('Account name'),
        description: l10n.t('Instead of the URL: the account\'s bare name, in the public cloud.'),
        example: 'mystorage',
        need: 'choice',
        problem: bareNameProblem,
      },
      {
        id: 'account_name',
        place: 'extra',
        title: l10n.t('Account name for abfs'),
        description: l10n.t('For ObjectStoragePath with abfs://, which ignores the host. Needs provider 10.1.0.'),
        example: 'mystorage',
        need: 'optional',
        // `fs/adls.py` reads both keys since then: absent in 10.0.0.
        minimumProvider: '10.1.0',
        problem: bareNameProblem,
      },
    ],
    secrets: [
      ...['extra.connection_string', 'extra.shared_access_key', 'extra.sas_token', 'extra.account_key', 'password'].map((field) => secretField(field)),
      tenantWins(),
      ...['account_url', 'credential'].map((key) =>
        brokenBy(`extra.${key}`, l10n.t('{0} in extra makes the hook fail with "got multiple values for keyword argument".', key))),
    ],
    misspelt: { accountName: 'account_name' },
    role: { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/wasb.html`,
  };
}

/** `tenant_id` makes the storage hooks use a client secret, which they fail without. */
export function tenantWins(): ConnectionType['secrets'][number] {
  return {
    fields: ['extra.tenant_id'],
    applies: (connection) => isFilled(connection, 'extra.tenant_id'),
    message: l10n.t('tenant_id is set: Airflow signs in with a client secret, not with the identity, or fails where there is none.'),
  };
}
