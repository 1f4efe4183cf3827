import { connectionNotes } from '../../connection/connectionNotes.ts';
import { extraKeys } from '../../connection/connectionExtra.ts';
import { valuesAsRead } from '../../connection/storedExtra.ts';
import { lineNumber } from '../textLines.ts';
import { connectionItems, entriesOf, fieldText, storedConnection } from './connectionEntry.ts';
import { entryStart } from './entryEdits.ts';
import type { Refusal } from './settingsDocument.ts';
import { readSettings } from './settingsDocument.ts';

/** A connection of `airflow_settings.yaml` that names a managed identity, as Airflow would read it. */
export interface StoredIdentityConnection {
  readonly connectionId: string;
  /** `azure`, `wasb`, `adls`, `azure_data_factory` and others sign in through the same keys. */
  readonly type: string;
  readonly clientId: string;
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
  /** Counted from 1. */
  readonly line: number;
  /** What keeps a connection of type `azure` from signing in as the identity, as sentences. */
  readonly notes: readonly string[];
}

/**
 * The connections of a file that hold a client id in `conn_extra`, whatever their type: 16 types of
 * apache-airflow-providers-microsoft-azure 15.2.1 read the same two keys (`microsoft/azure/utils.py`). Throws only what the
 * parser throws for absurd nesting.
 */
export function storedConnections(text: string): readonly StoredIdentityConnection[] | Refusal {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const settings = readSettings(plain);
  if ('kind' in settings) {
    return settings;
  }
  return entriesOf(settings, connectionItems(settings)).flatMap((entry) => {
    const stored = storedConnection(settings, entry);
    const values = valuesAsRead(stored.extra);
    const textOf = (key: string): string | undefined => (typeof values[key] === 'string' && values[key] !== '' ? values[key] : undefined);
    const clientId = textOf(extraKeys.clientId);
    return clientId === undefined
      ? []
      : [{
          connectionId: fieldText(settings, entry, 'conn_id'),
          type: stored.type,
          clientId,
          tenantId: textOf(extraKeys.tenantId),
          subscriptionId: textOf(extraKeys.subscriptionId),
          line: lineNumber(plain, entryStart(entry)),
          notes: stored.type === 'azure' ? connectionNotes(stored) : [],
        }];
  });
}
