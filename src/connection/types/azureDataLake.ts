import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { bareNameProblem, hookName, isFilled, providerDocs } from './fieldRules.ts';

/** `azure_data_lake`: Data Lake Storage Gen1. */
export function azureDataLake(): ConnectionType {
  return {
    id: 'azure_data_lake',
    title: 'Azure Data Lake',
    purpose: l10n.t('Read and write files of Data Lake Storage Gen1'),
    hook: hookName('data_lake.AzureDataLakeHook'),
    defaultConnectionId: 'azure_data_lake_default',
    fields: [{
      id: 'account_name',
      place: 'extra',
      title: l10n.t('Store name'),
      description: l10n.t('The bare name of the store. Without it the hook asks a store called "None" and says nothing.'),
      example: 'mystore',
      need: 'required',
      problem: bareNameProblem,
    }],
    secrets: [{
      fields: ['extra.tenant'],
      applies: (connection) => isFilled(connection, 'extra.tenant'),
      message: l10n.t('tenant is set: Airflow signs in with a client secret, not with the identity, or fails where there is none.'),
    }],
    misspelt: { accountName: 'account_name' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/adl.html`,
  };
}
