import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { clientSecret, hookDocs, hookName, httpsAddress, httpsProblem, isFilled } from './fieldRules.ts';

/** `azure_ai_agents`: hosted agents of Azure AI Foundry. */
export function azureAiAgents(): ConnectionType {
  const secret = ['login', 'password', 'extra.tenantId'];
  return {
    id: 'azure_ai_agents',
    title: 'Azure AI Foundry Hosted Agents',
    purpose: l10n.t('Run agents of an Azure AI Foundry project'),
    hook: hookName('ai_agents.AzureAIAgentsHook'),
    defaultConnectionId: 'azure_ai_agents_default',
    fields: [{
      id: 'host',
      place: 'host',
      title: l10n.t('Project endpoint'),
      description: l10n.t('The whole address of the project. It wins over "endpoint" in extra, whatever Airflow\'s form says.'),
      example: 'https://myaccount.services.ai.azure.com/api/projects/my-project',
      need: 'required',
      source: 'aiProject',
      fill: ({ endpoints }) => httpsAddress(endpoints['service']),
      problem: httpsProblem,
    }],
    secrets: [
      clientSecret('tenantId'),
      {
        fields: secret,
        applies: (connection) => {
          const filled = secret.filter((field) => isFilled(connection, field)).length;
          return filled > 0 && filled < secret.length;
        },
        message: l10n.t('Login, password and tenantId are set in part: the hook then fails with "must all be provided". Leave all of them out.'),
      },
    ],
    misspelt: { tenant_id: 'tenantId' },
    role: { roleId: '53ca6127-db72-4b80-b1b0-d745d6d5456d', name: 'Azure AI User' },
    minimumProvider: '14.0.0',
    source: hookDocs('ai_agents'),
  };
}
