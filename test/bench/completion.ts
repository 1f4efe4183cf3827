import type { KnownIdentity } from '../../src/project/language/knowledge.ts';
import { completionsAt } from '../../src/project/airflowSettings/completions.ts';

/** The slowest completion of a hundred, in milliseconds. */
export interface CompletionTimes {
  readonly completionP99Ms: number;
}

/**
 * Asks for completions all over a settings file of 5,000 lines, with 50 known identities, as often as a person types in
 * some minutes. One ask in a hundred takes longer than the result.
 */
export async function measureCompletion(): Promise<CompletionTimes> {
  const lines = settingsLines(5_000);
  const known = Array.from({ length: 50 }, (_none, index) => knownIdentity(index));
  const times: number[] = [];
  for (let ask = 0; ask < 1_000; ask += 1) {
    // Behind a new dash, before an entry somewhere in the file: 61 is coprime to the number of entries.
    const entry = 3 + linesPerEntry * ((ask * 61) % 600);
    const above = `${lines.slice(0, entry).join('\n')}\n    - `;
    const text = `${above}\n${lines.slice(entry).join('\n')}`;
    const started = performance.now();
    const offers = completionsAt(text, above.length, known);
    times.push(performance.now() - started);
    if (offers.length < known.length) {
      throw new Error(`Nothing was offered in line ${entry + 1}, so there is nothing to measure.`);
    }
  }
  times.sort((a, b) => a - b);
  return { completionP99Ms: times[Math.floor(times.length * 0.99)] ?? 0 };
}

const linesPerEntry = 8;

/** A file with connections up to its last lines, in the forms that files have. */
function settingsLines(lineCount: number): readonly string[] {
  const lines = ['# Local connections', 'airflow:', '  connections:'];
  for (let index = 0; lines.length < lineCount - linesPerEntry; index += 1) {
    lines.push(
      `    - conn_id: connection_${index}`, '      conn_type: postgres # of the team', `      conn_host: db${index}.example.com`,
      "      conn_login: 'etl'", '      conn_password:', '      conn_port: 5432', '      conn_extra:', '        sslmode: require',
    );
  }
  return [...lines, '    - conn_id: last', '  pools:', '    - pool_name: a', ''];
}

function knownIdentity(index: number): KnownIdentity {
  const guid = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
  return { name: `id-${index}`, clientId: guid, principalId: guid, tenantId: guid, subscriptionId: guid, subscriptionName: 'Production', lastUsed: index };
}
