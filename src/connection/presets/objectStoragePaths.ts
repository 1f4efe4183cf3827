import * as l10n from '@vscode/l10n';
import type { Preset } from '../preset.ts';
import { accountQuestion, blobContributor, checkedAnswers, connectionQuestion, containerQuestion, objectStorageConnection, objectStoragePath } from './presetRules.ts';

/** `ObjectStoragePath` in DAGs: a connection alone, and the path that names it. */
export function objectStoragePaths(): Preset {
  const questions = [accountQuestion(), containerQuestion(), connectionQuestion('azure_storage')];
  return {
    id: 'objectStoragePaths',
    title: l10n.t('Object storage paths'),
    purpose: l10n.t('DAGs read and write files of a container as paths, with ObjectStoragePath.'),
    questions,
    settings: (answers) => {
      checkedAnswers(questions, answers);
      return { variables: [], connection: objectStorageConnection(answers) };
    },
    role: blobContributor,
    roleOn: 'container',
    components: ['scheduler', 'triggerer', 'worker'],
    trust: l10n.t('Tasks open the paths: in workers, the triggerer, and the scheduler of a LocalExecutor.'),
    notes: [l10n.t('Without a connection ID in front of it, the container is taken for one.')],
    snippet: (answers) => [
      '# In Airflow 2: from airflow.io.path import ObjectStoragePath',
      'from airflow.sdk import ObjectStoragePath',
      '',
      `base = ObjectStoragePath("${objectStoragePath(answers, '')}")`,
    ].join('\n'),
    minimumProvider: '10.1.0',
    packages: [],
    source: 'https://airflow.apache.org/docs/apache-airflow-providers-microsoft-azure/15.2.1/filesystems/index.html',
  };
}
