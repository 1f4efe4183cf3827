import * as l10n from '@vscode/l10n';
import { extraKeys } from './connectionExtra.ts';
import type { StoredExtra } from './storedExtra.ts';
import { valuesAsRead } from './storedExtra.ts';

/** The parts of a stored connection that decide how the provider signs in. Empty text counts as not set. */
export interface StoredConnection {
  readonly login: string;
  readonly password: string;
  readonly uri: string;
  readonly type: string;
  readonly extra: StoredExtra;
}

/**
 * What the user has to know about a stored connection, as sentences: half an identity, or a secret that wins over it.
 * Rules: apache-airflow-providers-microsoft-azure 15.2.1, `hooks/base_azure.py`: both identity keys or neither; login,
 * password and tenantId together, `key_path` or `key_json` come first.
 */
export function connectionNotes(stored: StoredConnection): readonly string[] {
  const values = valuesAsRead(stored.extra);
  const isSet = (key: string): boolean => values[key] !== undefined && values[key] !== null && values[key] !== '';
  const notes: string[] = [];
  if (isSet(extraKeys.clientId) !== isSet(extraKeys.tenantId)) {
    const [present, missing] = isSet(extraKeys.clientId)
      ? [extraKeys.clientId, extraKeys.tenantId]
      : [extraKeys.tenantId, extraKeys.clientId];
    notes.push(l10n.t('conn_extra holds {0} without {1}. Airflow then ignores both and signs in with whatever identity it finds.', present, missing));
  }
  if (stored.login !== '' && stored.password !== '') {
    notes.push(isSet('tenantId')
      ? l10n.t('conn_login, conn_password and tenantId are all set: Airflow signs in with that secret, not with the identity. Empty conn_password to use the identity.')
      : l10n.t('conn_login and conn_password are set. Together with a tenantId in conn_extra, Airflow would sign in with that secret, not with the identity.'));
  }
  for (const key of ['key_path', 'key_json']) {
    if (isSet(key)) {
      notes.push(l10n.t('conn_extra holds {0}: Airflow signs in with that key, not with the identity.', key));
    }
  }
  if (stored.uri !== '') {
    notes.push(l10n.t('conn_uri is set as well. The Astro CLI does not read it beside conn_type.'));
  }
  return notes;
}
