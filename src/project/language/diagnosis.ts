import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { FormatFinding, TextRange } from '../projectFormat.ts';
import type { TextEdit } from '../textEdit.ts';

/** A way to mend a finding. What it takes in the file is planned when it is wanted: `fixEdits`. */
export type Fix = { readonly title: string; /** True where nobody has to decide anything: it may be applied with all others. */ readonly isSafe: boolean } & (
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  /** The file is to carry this connection, without the parts named. */
  | { readonly kind: 'connection'; readonly wanted: AirflowConnection; readonly without: readonly string[] }
  /** `requirements.txt` beside the file is to bring this release of the provider. */
  | { readonly kind: 'provider'; readonly minimum: string }
);

/** Something that is wrong with a connection or its file. */
export interface Diagnosis {
  /** Stable, one of `diagnosticCodes`. */
  readonly code: string;
  readonly severity: FormatFinding['severity'];
  readonly range: TextRange;
  readonly message: string;
  /** Of the connection it is about; `undefined` for what is about the file. */
  readonly connectionId: string | undefined;
  /** The first is the preferred one. */
  readonly fixes: readonly Fix[];
}
