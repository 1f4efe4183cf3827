import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../../errors.ts';
import { identityKeys } from '../identityKeys.ts';
import type { Preset, PresetQuestion } from '../preset.ts';
import { guidProblem, httpsAddress } from '../types/fieldRules.ts';
import { checkedAnswers } from './presetRules.ts';

/**
 * The secrets backend of Key Vault. A misspelt key among its arguments is swallowed, and without both keys of the identity
 * whatever the pod has signs in (provider 15.2.1, `secrets/key_vault.py`, run).
 */
export function keyVaultSecrets(): Preset {
  const questions = [vaultQuestion(), prefixQuestion('connections_prefix', l10n.t('Prefix of connections'), 'airflow-connections'), prefixQuestion('variables_prefix', l10n.t('Prefix of variables'), 'airflow-variables')];
  return {
    id: 'keyVaultSecrets',
    title: l10n.t('Key Vault as secrets backend'),
    purpose: l10n.t('Airflow looks for connections and variables in a key vault first.'),
    questions,
    settings: ({ clientId, tenantId, values }) => {
      const { vault = '', ...prefixes } = checkedAnswers(questions, { clientId, tenantId, values });
      const problem = guidProblem(l10n.t('The client ID'), clientId) ?? guidProblem(l10n.t('The tenant ID'), tenantId);
      if (problem !== undefined) {
        throw new AirflowIdentityError('invalidInput', problem);
      }
      const kwargs = { ...prefixes, vault_url: `${vault}/`, [identityKeys.clientId]: clientId, [identityKeys.tenantId]: tenantId };
      return {
        variables: [
          { name: 'AIRFLOW__SECRETS__BACKEND', value: 'airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend' },
          { name: 'AIRFLOW__SECRETS__BACKEND_KWARGS', value: JSON.stringify(kwargs) },
        ],
        connection: undefined,
      };
    },
    role: { roleId: '4633458b-17de-408a-b874-0445c86b69e6', name: 'Key Vault Secrets User' },
    roleOn: 'vault',
    components: ['scheduler', 'dagProcessor', 'triggerer', 'worker', 'front'],
    trust: l10n.t('Every component looks things up there, the API server or webserver too.'),
    notes: [
      l10n.t('The secret of the connection azure_wi is called airflow-connections-azure-wi, with dashes.'),
      l10n.t('The vault is asked before any other place, for each connection and variable.'),
    ],
    minimumProvider: '8.2.0',
    packages: [],
    source: 'https://airflow.apache.org/docs/apache-airflow-providers-microsoft-azure/15.2.1/secrets-backends/azure-key-vault.html',
  };
}

function vaultQuestion(): PresetQuestion {
  return {
    id: 'vault',
    title: l10n.t('Key vault'),
    description: l10n.t('The address of the vault.'),
    example: 'https://my-vault.vault.azure.net',
    source: 'keyVault',
    fill: ({ endpoints }) => httpsAddress(endpoints['service']),
    problem: (value) => (/^https:\/\/[a-z][a-z0-9-]{1,22}[a-z0-9]\.[a-z0-9.-]+[a-z0-9]$/i.test(value)
      ? undefined
      : l10n.t('"{0}" has to be the vault\'s address, such as https://my-vault.vault.azure.net.', value)),
  };
}

function prefixQuestion(id: string, title: string, proposed: string): PresetQuestion {
  return {
    id,
    title,
    description: l10n.t('What names of secrets begin with; a dash follows it.'),
    example: proposed,
    proposed,
    // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
    problem: (value) => (/^[0-9a-z](?:[0-9a-z-]{0,60}[0-9a-z])?$/i.test(value) ? undefined : l10n.t('"{0}" has to be letters, digits and dashes: names of secrets take nothing else.', value)),
  };
}
