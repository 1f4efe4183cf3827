import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../../errors.ts';
import type { BuiltInRole } from '../../identity/roleNames.ts';
import type { AirflowConnection } from '../airflowConnection.ts';
import { connectionIdProblem } from '../connectionId.ts';
import type { PresetAnswers, PresetQuestion } from '../preset.ts';
import { httpsAddress } from '../types/fieldRules.ts';
import { airflowConnection } from '../writeConnection.ts';

/** Reading, writing and deleting blobs (Microsoft Learn: "Azure built-in roles for Storage"). */
export const blobContributor: BuiltInRole = { roleId: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', name: 'Storage Blob Data Contributor' };

/** The storage account, by its blob address. */
export function accountQuestion(): PresetQuestion {
  return {
    id: 'account',
    title: l10n.t('Storage account'),
    description: l10n.t('The blob address of the storage account.'),
    example: 'https://mystorage.blob.core.windows.net',
    source: 'storageAccount',
    fill: ({ endpoints }) => httpsAddress(endpoints['blob']),
    problem: (value) => (/^https:\/\/[a-z0-9]{3,24}\.blob\.[a-z0-9.-]+[a-z0-9]$/.test(value)
      ? undefined
      : l10n.t('"{0}" has to be the account\'s address, such as https://mystorage.blob.core.windows.net.', value)),
  };
}

/** A container of the account, which has to exist: Airflow makes none. */
export function containerQuestion(proposed?: string): PresetQuestion {
  return {
    id: 'container',
    title: l10n.t('Container'),
    description: l10n.t('A container of the account. It has to exist: Airflow makes none.'),
    example: 'airflow-logs',
    ...(proposed === undefined ? {} : { proposed }),
    source: 'container',
    // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    problem: (value) => (/^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)
      ? undefined
      : l10n.t('"{0}" is no name of a container: 3 to 63 small letters, digits and single dashes.', value)),
  };
}

/** The id of the connection that is written beside the variables. */
export function connectionQuestion(proposed: string): PresetQuestion {
  return {
    id: 'connectionId',
    title: l10n.t('Connection ID'),
    description: l10n.t('The connection is written beside the settings, as an environment variable of its own.'),
    example: proposed,
    proposed,
    problem: connectionIdProblem,
  };
}

/** A folder in a container. */
export function folderQuestion(description: string, proposed: string): PresetQuestion {
  return {
    id: 'folder',
    title: l10n.t('Folder'),
    description,
    example: proposed,
    proposed,
    problem: (value) => (/^[\w.-]+(?:\/[\w.-]+)*$/.test(value)
      ? undefined
      : l10n.t('"{0}" has to be a path such as {1}: letters, digits, dots, dashes and underscores, without a slash at either end.', value, proposed)),
  };
}

/**
 * The answers, every one of them in order.
 * @throws AirflowIdentityError `invalidInput` otherwise.
 */
export function checkedAnswers(questions: readonly PresetQuestion[], { values }: PresetAnswers): Readonly<Record<string, string>> {
  return Object.fromEntries(questions.map(({ id, problem }) => {
    const value = values[id] ?? '';
    const what = problem(value);
    if (what !== undefined) {
      throw new AirflowIdentityError('invalidInput', what);
    }
    return [id, value];
  }));
}

/** A connection of type `wasb` to the account of the answers. */
export function blobConnection({ clientId, tenantId, values }: PresetAnswers): AirflowConnection {
  return airflowConnection({ connectionId: values['connectionId'] ?? '', type: 'wasb', clientId, tenantId, values: { host: values['account'] ?? '' } });
}

/**
 * The same as object storage paths need it: they ignore the host and take the account's name, and in other clouds its host,
 * from `extra` (apache-airflow-providers-microsoft-azure 15.2.1, `fs/adls.py`; adlfs 2026.8.0, run).
 */
export function objectStorageConnection(answers: PresetAnswers): AirflowConnection {
  const connection = blobConnection(answers);
  const host = (answers.values['account'] ?? '').replace('https://', '');
  const isPublic = host.endsWith('.blob.core.windows.net');
  return { ...connection, extra: { ...connection.extra, account_name: host.split('.')[0], ...(isPublic ? {} : { account_host: host }) } };
}

/** A path as `ObjectStoragePath` reads it; without the connection id the container would be taken for one. */
export function objectStoragePath({ values }: PresetAnswers, folder: string): string {
  return `abfs://${values['connectionId'] ?? ''}@${values['container'] ?? ''}/${folder}`;
}
