import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, emptyClientSecret, hookName, httpsAddress, httpsProblem, providerDocs, subscription } from './fieldRules.ts';

/** `azure_synapse`: Spark jobs, which need host and subscription, and pipelines, which need neither. */
export function azureSynapse(): ConnectionType {
  return {
    id: 'azure_synapse',
    title: 'Azure Synapse',
    purpose: l10n.t('Run Synapse Spark jobs and pipelines'),
    hook: hookName('synapse.BaseAzureSynapseHook'),
    defaultConnectionId: 'azure_synapse_default',
    fields: [
      {
        id: 'host',
        place: 'host',
        title: l10n.t('Workspace URL'),
        description: l10n.t('Needed by Spark jobs, with https://. Pipelines get their address from the operator.'),
        example: 'https://myworkspace.dev.azuresynapse.net',
        need: 'required',
        source: 'synapseWorkspace',
        fill: ({ endpoints }) => httpsAddress(endpoints['service']),
        problem: httpsProblem,
      },
      subscription('subscriptionId', 'required', l10n.t('Needed by Spark jobs: the subscription of the workspace.')),
    ],
    secrets: [clientSecret('tenantId'), emptyClientSecret()],
    misspelt: { subscription_id: 'subscriptionId', tenant_id: 'tenantId' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure_synapse.html`,
  };
}
