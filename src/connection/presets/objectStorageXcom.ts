import * as l10n from '@vscode/l10n';
import type { Preset, PresetQuestion } from '../preset.ts';
import {
  accountQuestion, blobContributor, checkedAnswers, connectionQuestion, containerQuestion, folderQuestion, objectStorageConnection, objectStoragePath,
} from './presetRules.ts';

/** XComs in a container, where they are larger than the metadata database should hold. */
export function objectStorageXcom(): Preset {
  const questions = [
    accountQuestion(), containerQuestion(), folderQuestion(l10n.t('Where in the container the values go.'), 'xcom'), thresholdQuestion(), connectionQuestion('azure_xcom'),
  ];
  return {
    id: 'objectStorageXcom',
    title: l10n.t('XComs in object storage'),
    purpose: l10n.t('Large values that tasks hand over are kept in a container, not in the database.'),
    questions,
    settings: (answers) => {
      const { folder = '', threshold = '' } = checkedAnswers(questions, answers);
      return {
        variables: [
          { name: 'AIRFLOW__CORE__XCOM_BACKEND', value: 'airflow.providers.common.io.xcom.backend.XComObjectStorageBackend' },
          { name: 'AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH', value: objectStoragePath(answers, folder) },
          { name: 'AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_THRESHOLD', value: threshold },
        ],
        connection: objectStorageConnection(answers),
      };
    },
    role: blobContributor,
    roleOn: 'container',
    components: ['scheduler', 'triggerer', 'worker', 'front'],
    trust: l10n.t('Tasks write and read the values, the API server or webserver shows them.'),
    notes: [l10n.t('Without a connection ID in front of it, the container is taken for one.')],
    minimumProvider: '10.1.0',
    packages: ['apache-airflow-providers-common-io'],
    source: 'https://airflow.apache.org/docs/apache-airflow-providers-common-io/1.8.0/xcom_backend.html',
  };
}

function thresholdQuestion(): PresetQuestion {
  return {
    id: 'threshold',
    title: l10n.t('Threshold in bytes'),
    description: l10n.t('Larger values go to the container. With 0 all do.'),
    example: '1048576',
    proposed: '1048576',
    problem: (value) => (/^\d{1,15}$/.test(value) ? undefined : l10n.t('"{0}" has to be a number of bytes: with a negative one, everything stays in the database.', value)),
  };
}
