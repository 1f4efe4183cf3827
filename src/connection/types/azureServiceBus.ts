import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { bareHost, brokenBy, hookName, hostNameProblem, providerDocs, secretField } from './fieldRules.ts';

/** `azure_service_bus`: queues and topics. Its `schema` has to be there and empty: null is read as the text "None". */
export function azureServiceBus(): ConnectionType {
  return {
    id: 'azure_service_bus',
    title: 'Azure Service Bus',
    purpose: l10n.t('Send and receive messages'),
    hook: hookName('asb.BaseAzureServiceBusHook'),
    defaultConnectionId: 'azure_service_bus_default',
    fields: [
      {
        id: 'fully_qualified_namespace',
        place: 'extra',
        title: l10n.t('Namespace'),
        description: l10n.t('The bare host name of the namespace, without sb:// and https://.'),
        example: 'mynamespace.servicebus.windows.net',
        need: 'required',
        source: 'serviceBusNamespace',
        fill: ({ endpoints }) => (endpoints['service'] === undefined ? undefined : bareHost(endpoints['service'])),
        problem: hostNameProblem,
      },
      {
        id: 'schema',
        place: 'schema',
        title: l10n.t('Connection string'),
        description: l10n.t('Has to be there and empty. Where it is missing, the hook takes the text "None" for a connection string and fails.'),
        example: '',
        need: 'required',
        fixed: '',
      },
    ],
    secrets: [
      secretField('schema'),
      brokenBy('extra.credential', l10n.t('credential is set: it is handed on as text, and requests fail with "\'str\' object has no attribute \'get_token\'".')),
    ],
    misspelt: { fullyQualifiedNamespace: 'fully_qualified_namespace' },
    role: { roleId: '090c5cfd-751d-490a-894a-3ce6f1109419', name: 'Azure Service Bus Data Owner' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/asb.html`,
  };
}
