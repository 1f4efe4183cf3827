import type { FormatFinding, FoundConnection } from './projectFormat.ts';

/** A finding on each connection whose id another one of the file has as well. Empty ids are none. */
export function duplicateFindings(
  entries: readonly FoundConnection[],
  sameId: (a: string, b: string) => boolean,
  severity: FormatFinding['severity'],
  message: (connectionId: string) => string,
): readonly FormatFinding[] {
  const byId = Map.groupBy(entries.filter(({ connection }) => connection.connectionId !== ''), ({ connection }) => (sameId('a', 'A') ? connection.connectionId.toLowerCase() : connection.connectionId));
  return Array.from(byId.values()).filter((group) => group.length > 1).flatMap((group) => group.map(({ connection, places, entry }): FormatFinding => ({
    code: 'duplicate-id', severity, range: places['connectionId'] ?? entry, message: message(connection.connectionId), fixes: [],
  })));
}
