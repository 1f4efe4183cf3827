import assert from 'node:assert/strict';
import fc from 'fast-check';
import { identityIn } from '../../../../src/connection/identityKeys.ts';
import { connectionTypes } from '../../../../src/connection/types/connectionTypes.ts';
import { formatOf } from '../../../../src/project/formats.ts';
import type { Completion } from '../../../../src/project/language/completion.ts';
import { fileCompletions } from '../../../../src/project/language/completions.ts';
import { Diagnoser } from '../../../../src/project/language/diagnoser.ts';
import type { KnownIdentity } from '../../../../src/project/language/knowledge.ts';
import { noKnowledge } from '../../../../src/project/language/knowledge.ts';
import type { ProjectFormat } from '../../../../src/project/projectFormat.ts';

const guid = (digit: number): string => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;
const identity: KnownIdentity = { name: 'id-orders', clientId: guid(1), principalId: guid(2), tenantId: guid(3), subscriptionId: guid(4), subscriptionName: 'Production' };

/** What is offered at `‸`. */
function at(name: string, marked: string, known: readonly KnownIdentity[] = [identity]): { readonly format: ProjectFormat; readonly text: string; readonly offers: readonly Completion[] } {
  const format = formatOf(`/project/${name}`);
  assert.ok(format !== undefined);
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  return { format, text, offers: fileCompletions(format.id, text, offset, known) };
}

/** What VS Code would insert, with the defaults of all tab stops. */
function accepted(text: string, { snippet, replaced }: Completion): string {
  const plain = snippet.replace(/\$\{\d+:((?:\\.|[^}\\])*)\}|\$0|\\([$}\\])/g, (_all, stop: string | undefined, escaped: string | undefined) => stop ?? escaped ?? '');
  return text.slice(0, replaced.offset) + plain + text.slice(replaced.offset + replaced.length);
}

const places = [
  ['airflow_settings.yaml', 'airflow:\n  connections:\n    - conn_id: a\n      conn_type: http\n    - ‸\n  pools:\n'],
  ['.env', 'A=1\n‸\nB=2\n'],
  ['.env', 'AIRFLOW_CONN_‸\n'],
  ['connections.json', '{\n  ‸\n}\n'],
  ['connections.json', '{\n  "‸"\n}\n'],
  ['connections.json', '{\n  ‸\n  "a": {"conn_type": "http"}\n}\n'],
  ['connections.json', '{\n  "a": {"conn_type": "http"},\n  ‸\n}\n'],
  ['connections.yaml', '‸'],
  // What somebody types who knows the name of the identity.
  ['airflow_settings.yaml', 'airflow:\n  connections:\n    - conn_id: a\n      conn_type: http\n    - id-or‸\n  pools:\n'],
  ['airflow_settings.yaml', 'airflow:\n  connections:\n    - conn_id: a\n      conn_type: http\n    id-‸\n'],
  ['.env', 'A=1\nid-or‸\n'],
  ['connections.json', '{\n  "id-or‸"\n}\n'],
  ['connections.yaml', 'a:\n  conn_type: http\nid-or‸\n'],
  ['connections.yaml', 'a:\n  conn_type: http\naz‸\nb:\n  conn_type: http\n'],
] as const;

describe('A whole connection', () => {
  for (const [name, marked] of places) {
    it(`of every type is offered in ${name} at ${JSON.stringify(marked)}, and is in order once it stands there`, () => {
      const { format, text, offers } = at(name, marked);
      const connections = offers.filter(({ kind }) => kind === 'connection');
      const types = connections.map((offer) => {
        const result = accepted(text, offer);
        const { connections: found, diagnoses } = new Diagnoser(format).diagnose(result, noKnowledge);
        const added = found.find(({ connection }) => connection.connectionId.startsWith('azure_wi'))?.connection;
        assert.ok(added !== undefined, result);
        assert.deepEqual(diagnoses.map(({ code, message }) => `${code} ${message}`), [], result);
        assert.deepEqual(identityIn(added), { clientId: identity.clientId, tenantId: identity.tenantId });
        assert.equal(found.length, (text.match(/http/g)?.length ?? 0) + 1);
        return added.type;
      });
      const all = connectionTypes().map(({ id }) => id);
      assert.deepEqual(types, name === 'airflow_settings.yaml' ? all.filter((id) => id !== 'azure_service_bus') : all);
    });
  }

  it('is offered as type azure for each identity, and as every type for those used last', () => {
    const known = Array.from({ length: 30 }, (_none, index) => ({ ...identity, name: `id-${index}`, lastUsed: index }));
    const labels = at('.env', '‸', known).offers.map(({ label }) => label);
    assert.equal(labels.filter((label) => label.startsWith('Azure: ')).length, 30);
    assert.ok(labels.includes('Azure Blob Storage: id-29') && !labels.includes('Azure Blob Storage: id-1'));
  });
});

describe('Ids are offered with the names of what they belong to', () => {
  for (const [name, marked, label, value] of [
    ['.env', 'AIRFLOW_CONN_A={"conn_type": "azure", "extra": {"managed_identity_client_id": "‸"}}', 'id-orders', guid(1)],
    ['airflow_settings.yaml', 'airflow:\n  connections:\n    - conn_id: a\n      conn_extra: \'{"managed_identity_client_id": "11‸"}\'\n', 'id-orders', guid(1)],
    ['connections.json', '{"a": {"extra": {"workload_identity_tenant_id": "‸"}}}', guid(3), guid(3)],
    ['connections.json', '{"a": {"extra": {"subscriptionId": ‸}}}', guid(4), `"${guid(4)}"`],
    ['connections.yaml', 'a:\n  extra:\n    subscription_id: ‸\n', guid(4), guid(4)],
    ['connections.env', 'a=azure://?managed_identity_client_id=‸', 'id-orders', guid(1)],
    ['connections.json', '{"a": {"conn_type": "w‸"}}', 'wasb', 'wasb'],
  ] as const) {
    it(`in ${name}: ${marked}`, () => {
      const { text, offers } = at(name, marked);
      const offer = offers.find((one) => one.label === label);
      assert.ok(offer !== undefined, JSON.stringify(offers));
      assert.equal(accepted(text, offer), marked.replace(/(?:\b\w+)?‸/, value));
    });
  }

  it('but not in comments', () => {
    assert.deepEqual(at('.env', '# conn_type=‸').offers, []);
  });
});

describe('Keys fit', () => {
  for (const [name, marked, labels] of [
    ['connections.json', '{"a": {"‸"}}', ['conn_type', 'host']],
    ['connections.json', '{"a": {"conn_type": "wasb", "extra": {"‸"}}}', ['managed_identity_client_id', 'workload_identity_tenant_id', 'account_name']],
    ['connections.yaml', 'a:\n  ho‸\n', ['conn_type', 'host']],
    ['connections.yaml', 'a:\n  conn_type: azure_cosmos\n  extra:\n    ‸\n', ['managed_identity_client_id', 'workload_identity_tenant_id']],
    ['.env', 'AIRFLOW_CONN_A={"‸"}', ['conn_type', 'host']],
  ] as const) {
    it(`in ${name}: ${marked}`, () => {
      assert.deepEqual(at(name, marked).offers.map(({ label }) => label).slice(0, labels.length), labels);
    });
  }
});

describe('Completions', () => {
  it('throw at no place of no text', () => {
    const piece = fc.constantFrom('{', '}', '"a"', ':', ',', '\n', '  ', 'conn_type', 'extra', 'AIRFLOW_CONN_A=', '- ', "'", 'managed_identity_client_id: ', '#', '\\', '\t', '\uFEFF');
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), fc.constantFrom('airflowSettings', 'dotEnv', 'connectionsJson', 'connectionsYaml', 'connectionsEnv'), (pieces, place, id) => {
      const text = pieces.join('');
      const offset = place % (text.length + 1);
      for (const { replaced } of fileCompletions(id, text, offset, [identity])) {
        assert.ok(replaced.offset >= 0 && replaced.offset <= offset && replaced.offset + replaced.length >= offset && replaced.offset + replaced.length <= text.length);
      }
    }), { numRuns: 1_000 });
  });
});
