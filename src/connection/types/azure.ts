import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, hookName, keyFiles, providerDocs, subscription } from './fieldRules.ts';

/** `azure`: the hook behind everything that manages resources. */
export function azure(): ConnectionType {
  return {
    id: 'azure',
    title: 'Azure',
    purpose: l10n.t('Manage resources, and sign in for the Azure SDK'),
    hook: hookName('base_azure.AzureBaseHook'),
    defaultConnectionId: 'azure_default',
    fields: [
      subscription('subscriptionId', 'optional', l10n.t('Needed by tasks that manage resources; tasks that only ask for a token do without it.')),
      {
        id: 'use_azure_identity_object',
        place: 'extra',
        title: l10n.t('Use azure-identity objects'),
        description: l10n.t('Set it to true for tasks that call get_token() or a current Azure SDK. Needs provider 12.8.0.'),
        example: 'true',
        need: 'optional',
        kind: 'boolean',
      },
    ],
    secrets: [clientSecret('tenantId'), ...keyFiles()],
    misspelt: { subscription_id: 'subscriptionId', tenant_id: 'tenantId' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure.html`,
  };
}
