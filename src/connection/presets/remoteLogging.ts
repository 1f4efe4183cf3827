import * as l10n from '@vscode/l10n';
import type { Preset } from '../preset.ts';
import { accountQuestion, blobConnection, blobContributor, checkedAnswers, connectionQuestion, containerQuestion, folderQuestion } from './presetRules.ts';

/**
 * Logs of tasks in a container. The handler is chosen by the scheme `wasb`; the container is a setting of its own, so that a
 * path of the form `wasb://container@account…` would become a folder (provider 15.2.1, `log/wasb_task_handler.py`).
 */
export function remoteLogging(): Preset {
  const questions = [
    accountQuestion(), containerQuestion('airflow-logs'),
    folderQuestion(l10n.t('Where in the container the logs go. Older releases of Airflow put it into a folder called "wasb:" (apache/airflow#58946).'), 'logs'),
    connectionQuestion('azure_logs'),
  ];
  return {
    id: 'remoteLogging',
    title: l10n.t('Remote logging to Blob Storage'),
    purpose: l10n.t('Logs of tasks are kept in a container, and shown from there.'),
    questions,
    settings: (answers) => {
      const { container = '', folder = '', connectionId = '' } = checkedAnswers(questions, answers);
      return {
        variables: [
          { name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value: 'True' },
          { name: 'AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER', value: `wasb://${folder}` },
          { name: 'AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID', value: connectionId },
          { name: 'AIRFLOW__AZURE_REMOTE_LOGGING__REMOTE_WASB_LOG_CONTAINER', value: container },
        ],
        connection: blobConnection(answers),
      };
    },
    role: blobContributor,
    roleOn: 'container',
    components: ['scheduler', 'triggerer', 'worker', 'front'],
    trust: l10n.t('Tasks write logs, the API server or webserver shows them (apache/airflow#51944).'),
    notes: [
      l10n.t('The connection stands in the environment on purpose (apache/airflow#54679).'),
      l10n.t('Deployments on Astro keep their logs by themselves.'),
    ],
    minimumProvider: '8.2.0',
    packages: [],
    source: 'https://airflow.apache.org/docs/apache-airflow-providers-microsoft-azure/15.2.1/logging/index.html',
  };
}
