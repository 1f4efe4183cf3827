import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { hookName, httpsAddress, httpsProblem, isFilled, providerDocs } from './fieldRules.ts';

/** `azure_batch`: jobs of Azure Batch. */
export function azureBatch(): ConnectionType {
  return {
    id: 'azure_batch',
    title: 'Azure Batch Service',
    purpose: l10n.t('Run batch jobs'),
    hook: hookName('batch.AzureBatchHook'),
    defaultConnectionId: 'azure_batch_default',
    fields: [{
      id: 'account_url',
      place: 'extra',
      title: l10n.t('Batch account URL'),
      description: l10n.t('The address of the Batch account, with https://. The host is not read.'),
      example: 'https://myaccount.westeurope.batch.azure.com',
      need: 'required',
      source: 'batchAccount',
      fill: ({ endpoints }) => httpsAddress(endpoints['service']),
      problem: httpsProblem,
    }],
    secrets: [{
      fields: ['password'],
      applies: (connection) => isFilled(connection, 'login') && isFilled(connection, 'password'),
      message: l10n.t('Login and password are set: Airflow signs in with that account key, not with the identity.'),
    }],
    misspelt: { accountUrl: 'account_url' },
    role: { roleId: '6aaa78f1-f7de-44ca-8722-c64a23943cae', name: 'Azure Batch Data Contributor' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure_batch.html`,
  };
}
