import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { hookName, httpsAddress, httpsProblem, isFilled, providerDocs } from './fieldRules.ts';

const tokenCredential = 'AZURE_TOKEN_CRED';

/** `azure_data_explorer`: Kusto queries. */
export function azureDataExplorer(): ConnectionType {
  return {
    id: 'azure_data_explorer',
    title: 'Azure Data Explorer',
    purpose: l10n.t('Run Kusto queries'),
    hook: hookName('adx.AzureDataExplorerHook'),
    defaultConnectionId: 'azure_data_explorer_default',
    fields: [
      {
        id: 'host',
        place: 'host',
        title: l10n.t('Cluster URL'),
        description: l10n.t('The address of the cluster, with https://.'),
        example: 'https://mycluster.westeurope.kusto.windows.net',
        need: 'required',
        source: 'dataExplorerCluster',
        fill: ({ endpoints }) => httpsAddress(endpoints['service']),
        problem: httpsProblem,
      },
      {
        id: 'auth_method',
        place: 'extra',
        title: l10n.t('Authentication method'),
        description: l10n.t('Only {0}, in capitals, signs in with the identity.', tokenCredential),
        example: tokenCredential,
        need: 'required',
        fixed: tokenCredential,
      },
    ],
    secrets: [{
      fields: ['extra.auth_method'],
      applies: (connection) => isFilled(connection, 'extra.auth_method') && connection.extra['auth_method'] !== tokenCredential,
      message: l10n.t('auth_method is not {0}: Airflow does not sign in with the identity.', tokenCredential),
    }],
    misspelt: {},
    minimumProvider: '8.2.0',
    source: `${providerDocs}/adx.html`,
  };
}
