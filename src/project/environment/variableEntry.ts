import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { noConnection } from '../../connection/connectionValues.ts';
import type { FormatEntry } from '../entryFormat.ts';
import type { TextRange } from '../projectFormat.ts';
import { shiftedPlaces } from '../shifted.ts';
import { readConnectionValue } from './connectionValue.ts';

/** Where a variable stands in a file: its value as the program that reads the file gets it, and where that is written. */
export interface VariablePlace {
  readonly connectionId: string;
  readonly value: string;
  /** The whole variable. */
  readonly entry: TextRange;
  /** The id in the name; `undefined` where the name stands elsewhere. */
  readonly nameRange: TextRange | undefined;
  /** Where a part of the value stands; `undefined` where that cannot be told. */
  readonly within: (part: TextRange) => TextRange | undefined;
}

/** The connection in a variable; a broken entry where Airflow reads none. */
export function variableEntry({ connectionId, value, entry, nameRange, within }: VariablePlace): FormatEntry {
  const { reading, written, places } = readConnectionValue(value);
  const namePlace = nameRange === undefined ? {} : { connectionId: nameRange };
  if (reading.kind === 'invalid' || written === undefined || value.trim() === '') {
    const nothing = noConnection(connectionId);
    return { connection: nothing, written: nothing, isBroken: true, entry, places: namePlace };
  }
  const connection: AirflowConnection = { connectionId, ...reading.fields };
  const inner = Object.entries(places).flatMap(([part, range]): readonly [string, TextRange][] => {
    const place = within(range);
    return place === undefined ? [] : [[part, place]];
  });
  return {
    connection,
    written: { connectionId, ...written },
    entry,
    places: { ...Object.fromEntries(inner), ...namePlace },
  };
}

/** `within` for a value that stands in the text as it is. */
export function asWritten({ offset }: TextRange): VariablePlace['within'] {
  return (part) => shiftedPlaces({ part }, offset)['part'];
}
