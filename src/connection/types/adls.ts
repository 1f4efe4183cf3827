import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { bareNameProblem, brokenBy, hookName, httpsProblem, providerDocs, secretField } from './fieldRules.ts';
import { tenantWins } from './wasb.ts';

/** `adls`: Data Lake Storage Gen2. */
export function adls(): ConnectionType {
  return {
    id: 'adls',
    title: 'Azure Data Lake Storage V2',
    purpose: l10n.t('Read and write files of Data Lake Storage Gen2'),
    hook: hookName('data_lake.AzureDataLakeStorageV2Hook'),
    defaultConnectionId: 'adls_default',
    fields: [
      {
        id: 'host',
        place: 'host',
        title: l10n.t('Account name'),
        description: l10n.t('The storage account\'s bare name. An address here is put into another one, without an error.'),
        example: 'mystorage',
        need: 'choice',
        source: 'dataLakeAccount',
        fill: ({ name }) => name,
        problem: bareNameProblem,
      },
      {
        id: 'account_url',
        place: 'extra',
        title: l10n.t('Account URL'),
        description: l10n.t('Instead of the name, needed outside the public cloud. It wins over the name.'),
        example: 'https://mystorage.dfs.core.windows.net',
        need: 'choice',
        problem: httpsProblem,
      },
      {
        id: 'account_name',
        place: 'extra',
        title: l10n.t('Account name for abfs'),
        description: l10n.t('For ObjectStoragePath with abfs://, which ignores the host.'),
        example: 'mystorage',
        need: 'optional',
        problem: bareNameProblem,
      },
    ],
    secrets: [
      secretField('extra.connection_string'), secretField('password'), tenantWins(),
      brokenBy('extra.credential', l10n.t('{0} in extra makes the hook fail with "got multiple values for keyword argument".', 'credential')),
    ],
    misspelt: { accountUrl: 'account_url', accountName: 'account_name' },
    role: { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor' },
    minimumProvider: '10.1.2',
    source: `${providerDocs}/adls_v2.html`,
  };
}
