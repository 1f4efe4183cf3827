import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { hookName, httpsProblem, providerDocs, resourceGroup, secretField, subscription } from './fieldRules.ts';

/** `azure_cosmos`: the identity lists the account's keys through ARM; data goes by key. */
export function azureCosmos(): ConnectionType {
  const optional = { place: 'extra', need: 'optional' } as const;
  return {
    id: 'azure_cosmos',
    title: 'Azure CosmosDB',
    purpose: l10n.t('Read and write documents'),
    hook: hookName('cosmos.AzureCosmosDBHook'),
    defaultConnectionId: 'azure_cosmos_default',
    fields: [
      {
        id: 'login',
        place: 'login',
        title: l10n.t('Endpoint URI'),
        description: l10n.t('The account\'s address. The identity needs a role that may list the account\'s keys, such as DocumentDB Account Contributor.'),
        example: 'https://myaccount.documents.azure.com:443/',
        need: 'required',
        source: 'cosmosAccount',
        fill: ({ endpoints }) => endpoints['service'],
        problem: httpsProblem,
      },
      subscription('subscription_id', 'required', l10n.t('The subscription of the account.')),
      resourceGroup('resource_group_name', 'required', l10n.t('The resource group of the account.')),
      { ...optional, id: 'database_name', title: l10n.t('Database'), description: l10n.t('Used where the task names none.'), example: 'orders' },
      { ...optional, id: 'collection_name', title: l10n.t('Container'), description: l10n.t('Used where the task names none.'), example: 'events' },
    ],
    secrets: [secretField('password')],
    misspelt: { subscriptionId: 'subscription_id', resource_group: 'resource_group_name', resourceGroup: 'resource_group_name' },
    role: { roleId: '5bd9cd88-fe45-4216-938b-f97437e15450', name: 'DocumentDB Account Contributor' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure_cosmos.html`,
  };
}
