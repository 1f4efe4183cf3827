import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { hookName, providerDocs, resourceGroup, secretField, subscription } from './fieldRules.ts';

/** `azure_container_volume`: the identity lists the storage account's keys, which container groups mount shares with. */
export function azureContainerVolume(): ConnectionType {
  return {
    id: 'azure_container_volume',
    title: 'Azure Container Volume',
    purpose: l10n.t('Mount file shares in container groups'),
    hook: hookName('container_volume.AzureContainerVolumeHook'),
    defaultConnectionId: 'azure_container_volume_default',
    fields: [
      subscription('subscription_id', 'required', l10n.t('The subscription of the storage account. Without it the key is None, without an error.')),
      resourceGroup('resource_group', 'required', l10n.t('The resource group of the storage account. Without it the key is None, without an error.')),
    ],
    secrets: [secretField('extra.connection_string')],
    misspelt: { subscriptionId: 'subscription_id', resource_group_name: 'resource_group', resourceGroup: 'resource_group' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure_container_volume.html`,
  };
}
