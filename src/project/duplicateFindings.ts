import * as l10n from '@vscode/l10n';
import type { FormatFinding, FoundConnection } from './projectFormat.ts';

/** A finding on each connection whose id another one of the file has as well. */
export function duplicateFindings(
  connections: readonly FoundConnection[],
  { sameId, duplicates }: { readonly sameId: (a: string, b: string) => boolean; readonly duplicates: 'last' | 'refused' },
): readonly FormatFinding[] {
  const ignoresCase = sameId('a', 'A');
  const byId = Map.groupBy(connections, ({ connection: { connectionId } }) => (ignoresCase ? connectionId.toLowerCase() : connectionId));
  return Array.from(byId.values()).filter((group) => group.length > 1).flat().map(({ connection: { connectionId }, places, entry }): FormatFinding => ({
    code: 'duplicate-id',
    severity: duplicates === 'last' ? 'warning' : 'error',
    range: places['connectionId'] ?? entry,
    message: duplicates === 'last'
      ? l10n.t('The connection {0} stands here twice; the later one wins.', connectionId)
      : l10n.t('The connection {0} stands here twice, and for that nothing of the file is read.', connectionId),
    fixes: [],
  }));
}
