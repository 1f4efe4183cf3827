import type { FormatRefusal } from '../projectFormat.ts';
import type { TextEdit } from '../textEdit.ts';
import type { KeyChange } from '../yaml/mapEdits.ts';
import { editMap } from '../yaml/mapEdits.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { scalarLike, scalarText, singleQuoted } from '../yaml/yamlScalar.ts';
import type { ConnectionEntry, EntryKey } from './connectionEntry.ts';
import { fieldText } from './connectionEntry.ts';

/** What an entry is to say, in the order new keys are written; empty text takes a value away. */
export type EntryValues = Partial<Record<EntryKey, string>>;

/** The edits that give an existing entry new values; see `editMap`. */
export function editEntry(settings: YamlText, entry: ConnectionEntry, values: EntryValues): readonly TextEdit[] | FormatRefusal {
  const changes = (Object.entries(values) as [EntryKey, string][]).map(([key, value]): KeyChange => ({
    key,
    change: value === '' ? { kind: 'empty' } : { kind: 'write', text: (style) => (key === 'conn_extra' || style === undefined || style === 'PLAIN' ? valueText(key, value) : scalarLike(value, style)) },
  }));
  return editMap(settings, entry.node, entry.map, fieldText(settings, entry, 'conn_id'), changes);
}

/** The text of a value in a new key. Ports are numbers; `conn_extra` is always quoted, so that its JSON stays readable. */
export function valueText(key: EntryKey, value: string): string {
  switch (key) {
    case 'conn_extra':
      return singleQuoted(value);
    case 'conn_port':
      return value;
    default:
      return scalarText(value);
  }
}
