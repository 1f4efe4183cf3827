import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { noConnection } from '../../connection/connectionValues.ts';
import type { FormatFinding } from '../projectFormat.ts';
import type { DiagnosticCode } from './diagnosticCodes.ts';
import type { Fix } from './diagnosis.ts';

/** What is wrong with a connection, by the part of it that is at fault: `type`, `login`, `extra.<key>`, … */
export interface PartFinding {
  readonly code: DiagnosticCode;
  readonly severity: FormatFinding['severity'];
  readonly part: string;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A fix that gives a connection other values in some of its parts, and takes others away. */
export function partsFix(
  title: string,
  isSafe: boolean,
  { connectionId, type }: AirflowConnection,
  values: Readonly<Record<string, unknown>>,
  without: readonly string[] = [],
): Fix {
  const fields = Object.entries(values).filter(([part]) => !part.startsWith('extra.'));
  const extra = Object.entries(values).flatMap(([part, value]) => (part.startsWith('extra.') ? [[part.slice('extra.'.length), value] as const] : []));
  return {
    kind: 'connection', title, isSafe, without,
    wanted: { ...noConnection(connectionId), type, ...(Object.fromEntries(fields) as Partial<AirflowConnection>), extra: Object.fromEntries(extra) },
  };
}

/** Knowledge may add fixes to what was found without it: one finding for each code and part. */
export function mergedFindings(findings: readonly PartFinding[]): readonly PartFinding[] {
  const byPart = Map.groupBy(findings, ({ code, part, message }) => (code === 'half-identity' ? code : `${code} ${part} ${message}`));
  return Array.from(byPart.values(), (group) => ({ ...(group[0] as PartFinding), fixes: group.flatMap(({ fixes }) => fixes) }));
}
