import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { FormatEntry } from '../entryFormat.ts';
import type { StandingVariable } from '../environment/planSettings.ts';
import type { FormatRefusal, TextRange } from '../projectFormat.ts';
import type { TextEdit } from '../textEdit.ts';

/** Edits of a `values.yaml`, or why there are none. */
export type Edits = readonly TextEdit[] | FormatRefusal;

/** A connection of a `values.yaml`, and how it changes in the place that holds it. */
export interface HelmEntry extends FormatEntry {
  /** The value of the variable as it stands there; `undefined` where the connection is no variable. */
  readonly value: string | undefined;
  /** The secret whose text holds the connection, and the key in it. */
  readonly secret?: { readonly name: string; readonly key: string };
  readonly change: (wanted: AirflowConnection) => Edits;
  /** Edits that put another value in place of the variable's. */
  readonly mend: (value: string) => Edits;
  readonly remove: () => Edits;
}

/** A variable whose value is a key of a Kubernetes secret. */
export interface SecretReference {
  /** The variable. */
  readonly name: string;
  /** As it is written there, actions of a template included. */
  readonly secretName: string;
  readonly secretKey: string;
  readonly range: TextRange;
  readonly remove: () => Edits;
}

/** Where connections can stand in a `values.yaml`, and what stands there. */
export interface HelmPlace {
  readonly entries: readonly HelmEntry[];
  /** Every variable, connections or not, those without a value in the file included. */
  readonly variables: readonly StandingVariable[];
  readonly references: readonly SecretReference[];
}

/** Edits of several places as one, in their order; the first refusal, if any. */
export function joinedEdits(parts: readonly Edits[]): Edits {
  const refused = parts.find((part) => 'kind' in part);
  return refused !== undefined && 'kind' in refused ? refused : parts.flatMap((part) => ('kind' in part ? [] : part)).sort((a, b) => a.offset - b.offset);
}
