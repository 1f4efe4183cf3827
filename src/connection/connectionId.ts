import * as l10n from '@vscode/l10n';

/**
 * Longest connection id, in characters, that both ways into Airflow take: its REST API stops at 200
 * (`ConnectionBody` in apache/airflow `core_api/datamodels/connections.py`), its model at 250 (`CONN_ID_MAX_LEN`).
 */
export const maxConnectionIdLength = 200;

// The REST API, which the Astro CLI imports through, wants `^[\w.-]+$`; `sanitize_conn_id` of Airflow 2 reads `\w` as
// ASCII. What both take is this.
const idPattern = /^[A-Za-z0-9_.-]+$/;

/** What is wrong with a connection id, as a sentence for the user, or `undefined` when Airflow takes it. */
export function connectionIdProblem(connectionId: string): string | undefined {
  if (connectionId === '') {
    return l10n.t('A connection id is needed, such as azure_wi.');
  }
  if (connectionId.length > maxConnectionIdLength) {
    return l10n.t('The connection id has {0} characters; Airflow takes {1}.', connectionId.length, maxConnectionIdLength);
  }
  if (!idPattern.test(connectionId)) {
    return l10n.t('Use letters, digits, dots, dashes and underscores in the connection id; Airflow takes nothing else.');
  }
  return undefined;
}
