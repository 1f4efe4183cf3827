import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, hookDocs, hookName, keyFiles, subscription } from './fieldRules.ts';

/** `azure_container_instance`: container groups. */
export function azureContainerInstance(): ConnectionType {
  return {
    id: 'azure_container_instance',
    title: 'Azure Container Instance',
    purpose: l10n.t('Run container groups'),
    hook: hookName('container_instance.AzureContainerInstanceHook'),
    defaultConnectionId: 'azure_default',
    fields: [subscription('subscriptionId', 'required', l10n.t('The subscription in which container groups are made.'))],
    secrets: [clientSecret('tenantId'), ...keyFiles()],
    misspelt: { subscription_id: 'subscriptionId', tenant_id: 'tenantId' },
    role: { roleId: '5d977122-f97e-4b4d-a52f-6b43003ddb4d', name: 'Azure Container Instances Contributor Role' },
    minimumProvider: '8.2.0',
    source: hookDocs('container_instance'),
  };
}
