import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, hookDocs, hookName, keyFiles, subscription } from './fieldRules.ts';

/** `azure_compute`: virtual machines. */
export function azureCompute(): ConnectionType {
  return {
    id: 'azure_compute',
    title: 'Azure Compute',
    purpose: l10n.t('Start and stop virtual machines'),
    hook: hookName('compute.AzureComputeHook'),
    defaultConnectionId: 'azure_default',
    fields: [subscription('subscriptionId', 'required', l10n.t('The subscription of the virtual machines.'))],
    secrets: [clientSecret('tenantId'), ...keyFiles()],
    misspelt: { subscription_id: 'subscriptionId', tenant_id: 'tenantId' },
    role: { roleId: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c', name: 'Virtual Machine Contributor' },
    minimumProvider: '13.1.0',
    source: hookDocs('compute'),
  };
}
