import { completionsAt } from '../airflowSettings/completions.ts';
import type { Completion } from './completion.ts';
import { recentFirst } from './connectionSnippets.ts';
import { envCompletions, jsonFileCompletions, yamlFileCompletions } from './entryCompletions.ts';
import type { KnownIdentity } from './knowledge.ts';
import { valueCompletions } from './valueCompletions.ts';

/**
 * What can be completed at `offset` (UTF-16 code units) of a file with connections: whole connections for each known identity
 * and type, keys, and ids with the names of what they belong to. Empty wherever nothing of that fits.
 * @param formatId `ProjectFormat.id`
 */
export function fileCompletions(formatId: string, text: string, offset: number, known: readonly KnownIdentity[]): readonly Completion[] {
  const identities = recentFirst(known);
  if (formatId === 'airflowSettings') {
    return completionsAt(text, offset, known);
  }
  const values = valueCompletions(text, offset, identities);
  if (values !== undefined) {
    return values;
  }
  switch (formatId) {
    case 'connectionsJson':
      return jsonFileCompletions(text, offset, identities);
    case 'connectionsYaml':
      return yamlFileCompletions(text, offset, identities);
    case 'dotEnv':
      return envCompletions(text, offset, identities);
    default:
      return [];
  }
}
