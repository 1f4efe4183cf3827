import * as l10n from '@vscode/l10n';
import type { ConnectionType } from '../connectionType.ts';
import { hookName, httpsAddress, providerDocs, secretField } from './fieldRules.ts';

/** `azure_fileshare`: file shares of a storage account. */
export function azureFileshare(): ConnectionType {
  return {
    id: 'azure_fileshare',
    title: 'Azure FileShare',
    purpose: l10n.t('Read and write file shares'),
    hook: hookName('fileshare.AzureFileShareHook'),
    defaultConnectionId: 'azure_fileshare_default',
    fields: [{
      id: 'login',
      place: 'login',
      title: l10n.t('Storage account'),
      description: l10n.t('The account\'s name, or its address with https://. The identity needs Storage File Data Privileged Contributor or Reader.'),
      example: 'mystorage',
      need: 'required',
      source: 'storageAccount',
      // The address, not the name: the name would be put into the public cloud.
      fill: ({ endpoints }) => httpsAddress(endpoints['file']),
      problem: (value) => (/^(?:https:\/\/\S+|[a-z0-9-]+)$/.test(value)
        ? undefined
        : l10n.t('"{0}" has to be the account\'s bare name or an address that begins with https://. A host name alone is put into another one, without an error.', value)),
    }],
    secrets: [secretField('extra.connection_string'), secretField('password', false), secretField('extra.sas_token', false)],
    misspelt: {},
    role: { roleId: '69566ab7-960f-475b-8e7c-b3118f30c6bd', name: 'Storage File Data Privileged Contributor' },
    minimumProvider: '8.2.0',
    source: `${providerDocs}/azure_fileshare.html`,
  };
}
