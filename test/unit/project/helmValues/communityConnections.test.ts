import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { connectionTypes } from '../../../../src/connection/types/connectionTypes.ts';
import { helmValuesFormat } from '../../../../src/project/helmValues/helmValuesFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection, foundConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, checkPlaces, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = helmValuesFormat();
const text = readFileSync(new URL('../corpus/helmValues/communityConnections.yaml', import.meta.url), 'utf8');

function planned(before: string, connection: Parameters<typeof format.planConnection>[1], without: readonly string[] = []): string {
  const plan = format.planConnection(before, connection, without);
  const edit = editOf(plan);
  assert.ok(edit, JSON.stringify(plan));
  return applyEdits(before, edit.edits);
}

describe('airflow.connections of the community chart', () => {
  it('is read as the chart hands it to Airflow, with places', () => {
    const { connections } = contentOf(format, text);
    assert.deepEqual(connections.map(({ connection }) => connection), [
      { ...foundConnection('lake', 'wasb', { managed_identity_client_id: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', workload_identity_tenant_id: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887' }), host: 'https://acct.blob.core.windows.net' },
      { ...foundConnection('warehouse', 'postgres'), login: '${LOGIN}', password: '${PASSWORD}', port: 5432 },
    ]);
    checkPlaces(format, text);
    assert.ok('extra.managed_identity_client_id' in (connections[0]?.places ?? {}));
  });

  it('takes a connection into the list, its JSON as text and free of names that the chart would replace', () => {
    const result = planned(text, { ...azureConnection(), extra: { ...azureConnection().extra, note: '${LOGIN} $$' } });
    const { airflow: { connections } } = parse(result) as { readonly airflow: { readonly connections: readonly Readonly<Record<string, unknown>>[] } };
    const [, , last] = connections;
    assert.deepEqual([last?.['id'], last?.['type']], ['azure_wi', 'azure']);
    assert.match(String(last?.['extra']), /^\{[^$]*\}$/);
    assert.deepEqual((JSON.parse(String(last?.['extra'])) as Readonly<Record<string, unknown>>)['note'], '${LOGIN} $$');
    assert.equal(result.replace(/ {4}- id: azure_wi\n {6}type: azure\n {6}extra: '.*'\n/, ''), text);
  });

  it('changes what differs and keeps the rest, templates of secrets included', () => {
    const result = planned(text, { ...foundConnection('warehouse', 'postgres', { sslmode: 'allow' }), host: 'db' });
    assert.equal(result, text.replace('port: 5432}', `port: 5432, host: db, extra: '{"sslmode":"allow"}'}`));
    assert.equal(planned(text, foundConnection('warehouse', 'postgres'), ['password', 'port']), text.replace(', password: "${PASSWORD}", port: 5432', ''));
  });

  it('leaves to a variable what the chart would leave out', () => {
    const bus = connectionTypes().find(({ id }) => id === 'azure_service_bus');
    assert.ok(bus);
    const result = planned(text, { ...foundConnection('bus', bus.id, { fully_qualified_namespace: 'n.servicebus.windows.net' }), schema: '' });
    assert.match(result, /\n {2}extraEnv:\n {4}- name: AIRFLOW_CONN_BUS\n/);
  });

  for (const [name, entry, codes] of [
    ['extra as a map', 'id: a\n      type: azure\n      extra:\n        subscriptionId: x', ['extra-map']],
    ['extra that is no JSON', 'id: a\n      type: azure\n      extra: text', ['extra-unreadable']],
    ['a port as text', 'id: a\n      type: http\n      port: "8080"', ['chart-value']],
    ['no id', 'type: http\n      host: h', ['id-missing']],
    ['no type', 'id: a\n      host: h', ['type-missing']],
    ['nothing', 'id: a\n      type: http\n      port: 8080\n      extra: \'{"a": 1}\'', []],
  ] as const) {
    it(`finds ${name}`, () => {
      const file = `airflow:\n  connections:\n    - ${entry}\n`;
      assert.deepEqual(codesIn(format, file), codes);
      checkFixes(format, file);
    });
  }

  it('gives a map as it is meant to other files', () => {
    const [found] = contentOf(format, 'airflow:\n  connections:\n    - id: a\n      type: azure\n      extra: {subscriptionId: x}\n').connections;
    assert.deepEqual([found?.connection.extra, found?.written.extra], [{}, { subscriptionId: 'x' }]);
  });
});
