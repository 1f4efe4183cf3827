import { formatOf } from '../../src/project/formats.ts';
import { Diagnoser } from '../../src/project/language/diagnoser.ts';
import type { Knowledge, KnownIdentity } from '../../src/project/language/knowledge.ts';

/** The slowest look in a hundred, in milliseconds. */
export interface DiagnosticTimes {
  readonly diagnosticsP99Ms: number;
}

/**
 * Looks at a settings file of 5,000 lines, every connection of which names an identity, after each key that somebody types in
 * it, with 50 known identities. The first look, which reads the file whole, is not one of them.
 */
export async function measureDiagnostics(): Promise<DiagnosticTimes> {
  const format = formatOf('/project/airflow_settings.yaml');
  if (format === undefined) {
    throw new Error('Nobody reads airflow_settings.yaml.');
  }
  const identities = Array.from({ length: 50 }, (_none, index) => knownIdentity(index));
  const knowledge: Knowledge = { identities, isComplete: true, requirements: { text: 'apache-airflow-providers-microsoft-azure>=15\n' } };
  let text = settingsText(identities);
  const diagnoser = new Diagnoser(format);
  diagnoser.diagnose(text, knowledge);
  const times: number[] = [];
  for (let key = 0; key < 1_000; key += 1) {
    // A run of keys at one place, then another place: 61 is coprime to the number of entries.
    const entry = (Math.floor(key / 10) * 61) % entryCount;
    const at = text.indexOf('\n', text.indexOf(`conn_id: connection_${entry}\n`) + 1);
    text = `${text.slice(0, text.indexOf('\n', at + 1))}x${text.slice(text.indexOf('\n', at + 1))}`;
    const started = performance.now();
    const { connections, diagnoses } = diagnoser.diagnose(text, knowledge);
    times.push(performance.now() - started);
    if (connections.length !== entryCount || diagnoses.length < entryCount / 10) {
      throw new Error(`${connections.length} connections with ${diagnoses.length} findings were found, so what was measured is something else.`);
    }
  }
  times.sort((a, b) => a - b);
  return { diagnosticsP99Ms: times[Math.floor(times.length * 0.99)] ?? 0 };
}

const entryCount = 999;

/** Five lines for each connection; one in ten has something wrong with it. */
function settingsText(identities: readonly KnownIdentity[]): string {
  const entries = Array.from({ length: entryCount }, (_none, index) => {
    const { clientId, tenantId } = identities[index % identities.length] as KnownIdentity;
    const tenant = index % 10 === 0 ? '' : `, "workload_identity_tenant_id": "${tenantId}"`;
    return [
      `    - conn_id: connection_${index}`, '      conn_type: wasb', `      conn_host: https://store${index}.blob.core.windows.net`,
      `      conn_extra: '{"managed_identity_client_id": "${clientId}"${tenant}}'`, '',
    ].join('\n');
  });
  return `airflow:\n  connections:\n${entries.join('\n')}\n  pools:\n`;
}

function knownIdentity(index: number): KnownIdentity {
  const guid = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
  return { name: `id-${index}`, clientId: guid, principalId: guid.replace('8000', '9000'), tenantId: guid, subscriptionId: guid, subscriptionName: 'Production', lastUsed: index };
}
