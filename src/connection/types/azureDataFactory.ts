import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, emptyClientSecret, hookName, providerDocs, resourceGroup, subscription } from './fieldRules.ts';

/** `azure_data_factory`: pipelines of a factory. */
export function azureDataFactory(): ConnectionType {
  return {
    id: 'azure_data_factory',
    title: 'Azure Data Factory',
    purpose: l10n.t('Run Data Factory pipelines'),
    hook: hookName('data_factory.AzureDataFactoryHook'),
    defaultConnectionId: 'azure_data_factory_default',
    fields: [
      {
        id: 'factory_name',
        place: 'extra',
        title: l10n.t('Factory'),
        description: l10n.t('Used where the operator names no factory.'),
        example: 'adf-orders',
        need: 'optional',
        source: 'dataFactory',
        fill: ({ name }) => name,
      },
      resourceGroup('resource_group_name', 'optional', l10n.t('Used where the operator names no resource group.')),
      subscription('subscriptionId', 'required', l10n.t('The subscription of the factory.')),
    ],
    secrets: [clientSecret('tenantId'), emptyClientSecret()],
    misspelt: { subscription_id: 'subscriptionId', tenant_id: 'tenantId', resource_group: 'resource_group_name', factoryName: 'factory_name' },
    role: { roleId: '673868aa-7521-48a0-acc6-0f60742d39f5', name: 'Data Factory Contributor' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/adf.html`,
  };
}
