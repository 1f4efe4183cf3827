import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { bareNameProblem, hookName, hostNameProblem, providerDocs, resourceGroup, secretField, subscription } from './fieldRules.ts';

/** `azure_container_registry`: the identity lists the registry's admin credentials through ARM. */
export function azureContainerRegistry(): ConnectionType {
  return {
    id: 'azure_container_registry',
    title: 'Azure Container Registry',
    purpose: l10n.t('Pull images into container groups'),
    hook: hookName('container_registry.AzureContainerRegistryHook'),
    defaultConnectionId: 'azure_container_registry_default',
    fields: [
      {
        id: 'host',
        place: 'host',
        title: l10n.t('Registry server'),
        description: l10n.t('What container groups pull from.'),
        example: 'myregistry.azurecr.io',
        need: 'required',
        source: 'containerRegistry',
        fill: ({ endpoints }) => endpoints['service'],
        problem: hostNameProblem,
      },
      {
        id: 'login',
        place: 'login',
        title: l10n.t('Registry name'),
        description: l10n.t('The registry\'s bare name: it is a part of its ARM path.'),
        example: 'myregistry',
        fill: ({ name }) => name,
        need: 'required',
        problem: bareNameProblem,
      },
      subscription('subscription_id', 'required', l10n.t('The subscription of the registry.')),
      resourceGroup('resource_group', 'required', l10n.t('The resource group of the registry.')),
    ],
    secrets: [secretField('password')],
    misspelt: { subscriptionId: 'subscription_id', resource_group_name: 'resource_group', resourceGroup: 'resource_group' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/acr.html`,
  };
}
