import assert from 'node:assert/strict';
import type { PresetAnswers } from '../../../src/connection/preset.ts';
import { presets } from '../../../src/connection/presets/presets.ts';
import { settingsText } from '../../../src/connection/presets/settingsText.ts';
import { projectFormats } from '../../../src/project/formats.ts';
import { applyEdits } from '../../../src/project/textEdit.ts';
import type { AirflowProcess } from './airflowProcess.ts';
import { dockerEnvFile } from './envReaders.ts';
import { clientId, signedInAs, tenantId, workloadIdentity } from './expectations.ts';
import { formatReaders } from './formatReaders.ts';
import type { MadeCredential, SettingsRead } from './questions.ts';
import { airflow3, airflowReleases } from './releases.ts';
import { startedAirflow } from './startedAirflow.ts';
import { composeVariables } from './yamlReaders.ts';

const account = 'https://mystorage.blob.core.windows.net';

/** What somebody answers, and what Airflow has to make of it. */
const filledIn: Readonly<Record<string, { readonly values: PresetAnswers['values']; readonly facts: (is3: boolean) => Readonly<Record<string, unknown>> }>> = {
  keyVaultSecrets: {
    values: { vault: 'https://my-vault.vault.azure.net', connections_prefix: 'airflow-connections', variables_prefix: 'airflow-variables' },
    facts: () => ({
      backend: 'airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend',
      vaultUrl: 'https://my-vault.vault.azure.net/',
      connection: 'airflow-connections-azure-wi',
      variable: 'airflow-variables-azure-wi',
      leftOver: [],
    }),
  },
  remoteLogging: {
    values: { account, container: 'airflow-logs', folder: 'prod/logs', connectionId: 'azure_logs' },
    // apache/airflow#58946: Airflow 2 takes the scheme for a part of the folder.
    facts: (is3) => ({ class: 'WasbRemoteLogIO', container: 'airflow-logs', folder: is3 ? 'prod/logs' : 'wasb://prod/logs', connection: 'azure_logs' }),
  },
  objectStoragePaths: {
    values: { account, container: 'curated', connectionId: 'azure_storage' },
    facts: () => ({ connection: 'azure_storage', path: 'curated/', account: 'mystorage', url: account }),
  },
  objectStorageXcom: {
    values: { account, container: 'airflow', folder: 'xcom', threshold: '1000', connectionId: 'azure_xcom' },
    facts: () => ({ backend: 'XComObjectStorageBackend', threshold: 1000, connection: 'azure_xcom', path: 'airflow/xcom', account: 'mystorage', url: account }),
  },
};

/** Object storage signs in with both halves of azure-identity, the plain one and the asynchronous one; what counts is as whom. */
function summary({ credentials, tokenRequests }: SettingsRead): ReturnType<typeof signedInAs> {
  const plain = (credential: MadeCredential): MadeCredential => ({ ...credential, class: credential.class.replace(/^aio\./u, '') });
  return signedInAs({ credentials: credentials.map(plain), tokenRequests: tokenRequests.map((request) => ({ ...request, credential: plain(request.credential) })) });
}

for (const release of airflowReleases) {
  describe(`the presets, read by Airflow ${release.airflow} with provider ${release.provider}`, () => {
    let airflow: AirflowProcess;
    before(async () => {
      airflow = await startedAirflow(release);
    });

    for (const preset of presets()) {
      const { values = {}, facts = () => ({}) } = filledIn[preset.id] ?? {};
      const answers = { clientId, tenantId, values };
      const path = /"(?<path>abfs:[^"]+)"/u.exec(preset.snippet?.(answers) ?? '')?.groups?.['path'] ?? '';

      const check = async (variables: Readonly<Record<string, string>>): Promise<void> => {
        const read = await airflow.useSettings({ preset: preset.id, variables, path });
        assert.deepEqual(read.facts, facts(release === airflow3), read.error ?? '');
        assert.deepEqual(summary(read), workloadIdentity, read.error ?? '');
      };

      for (const format of projectFormats().filter(({ planSettings }) => planSettings !== undefined)) {
        const { before: standing, ways = {} } = formatReaders[format.id] ?? {};
        for (const [way, reader] of Object.entries(ways)) {
          it(`${preset.id} in ${format.title}, by ${way}, is what it says and signs in with the identity`, async () => {
            const plan = format.planSettings?.(standing, preset.settings(answers));
            assert.ok(plan?.kind === 'edit', JSON.stringify(plan));
            const text = applyEdits(standing ?? '', plan.edits);
            const read = reader(text);
            assert.ok(read.place === 'environment');
            const own = dockerEnvFile(settingsText(preset.settings(answers)));
            // A compose file sets up all of Airflow, which is not what this process is.
            const variables = format.id === 'dockerCompose' ? Object.fromEntries(Object.entries(composeVariables(text)).filter(([name]) => name in own)) : read.variables;
            await check(variables);
          });
        }
      }

      it(`${preset.id}, copied, is what it says and signs in with the identity`, () => check(dockerEnvFile(settingsText(preset.settings(answers)))));
    }
  });
}
