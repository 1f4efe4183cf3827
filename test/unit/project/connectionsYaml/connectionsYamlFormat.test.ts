import assert from 'node:assert/strict';
import { connectionsYamlFormat } from '../../../../src/project/connectionsYaml/connectionsYamlFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = connectionsYamlFormat();
const ids = { client: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', tenant: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887' };
const flow = `{"managed_identity_client_id": "${ids.client}", "workload_identity_tenant_id": "${ids.tenant}"}`;
const entry = `azure_wi:\n  conn_type: azure\n  extra: ${flow}\n`;

function written(text: string, without: readonly string[] = []): string {
  const edit = editOf(format.planConnection(text, azureConnection(), without));
  assert.ok(edit, JSON.stringify(format.planConnection(text, azureConnection())));
  return applyEdits(text, edit.edits);
}

describe('connections.yaml', () => {
  for (const [name, before, after] of [
    ['an empty file', '', entry],
    ['a file of another connection, with comments', '# mine\na: http://h # x\n# end\n', `# mine\na: http://h # x\n${entry}# end\n`],
    ['a file of four spaces', 'a:\n    conn_type: http\n', `a:\n    conn_type: http\n${entry.replaceAll('  ', '    ')}`],
    ['an entry of the same id, whose other keys stay', 'azure_wi:\n  login: me # who\n  conn_type: "http"\n  description: d\n', `azure_wi:\n  login: me # who\n  conn_type: "azure"\n  description: d\n  extra: ${flow}\n`],
    ['an extra of its own lines', `azure_wi:\n  conn_type: azure\n  extra:\n    # who\n    workload_identity_tenant_id: x # old\n    other: 1\n`,
      `azure_wi:\n  conn_type: azure\n  extra:\n    # who\n    workload_identity_tenant_id: ${ids.tenant} # old\n    other: 1\n    managed_identity_client_id: ${ids.client}\n`],
    ['JSON as text, which stays text', `azure_wi:\n  conn_type: azure\n  extra: '{"a": 1}'\n`, `azure_wi:\n  conn_type: azure\n  extra: '${flow.replaceAll(' ', '').replace('}', ',"a":1}')}'\n`],
    ['a URI', 'azure_wi: azure://?a=b # old\n', `azure_wi: {"conn_type": "azure", "extra": ${flow.replace('}', ', "a": "b"}')}} # old\n`],
    ['what Airflow cannot read', 'azure_wi: null\nb: http://h\n', `azure_wi: {"conn_type": "azure", "extra": ${flow}}\nb: http://h\n`],
  ] as const) {
    it(`takes the connection into ${name}`, () => {
      // An id that begins with a digit stands in quotes.
      assert.equal(written(before).replace(`'${ids.client}'`, ids.client).replace(`'${ids.tenant}'`, ids.tenant), after);
    });
  }

  it('writes a key of extra that YAML would take for something else in quotes', () => {
    const text = 'azure_wi: {conn_type: azure, extra: {a: 1}}\n';
    const edit = editOf(format.planConnection(text, { ...azureConnection(), extra: { 'b #c': 'd: e', yes: 'no' } }));
    assert.equal(edit && applyEdits(text, edit.edits), "azure_wi: {conn_type: azure, extra: {a: 1, 'b #c': 'd: e', 'yes': 'no'}}\n");
  });

  it('takes away what a fix asks for, in the entry and in its extra', () => {
    const text = `azure_wi:\n  conn_type: azure\n  password: b # secret\n  extra:\n    tenantId: x\n    managed_identity_client_id: ${ids.client}\n    workload_identity_tenant_id: ${ids.tenant}\n`;
    assert.equal(written(text, ['password', 'extra.tenantId']), text.replace('  password: b # secret\n', '').replace('    tenantId: x\n', ''));
  });

  it('gives the places of values in text and in maps', () => {
    const text = `azure_wi:\n  conn_type: 'azure'\n  extra: '{"managed_identity_client_id": "${ids.client}"}'\nb:\n  extra: {"managed_identity_client_id": ${ids.client}}\n  conn_type: wasb\n`;
    for (const { places } of contentOf(format, text).connections) {
      const { offset, length } = places['extra.managed_identity_client_id'] ?? { offset: 0, length: 0 };
      assert.equal(text.slice(offset, offset + length), ids.client);
    }
  });

  for (const [name, text, codes] of [
    ['an unknown key', 'a: {conn_type: azure, foo: 1}\n', ['file-key']],
    ['dashes in the type', 'a:\n  conn_type: azure-data-factory\n', ['type-dashes']],
    ['JSON as text', 'a: \'{"conn_type": "azure"}\'\n', ['file-json-text']],
    ['a URI that reads otherwise', 'a: azure_batch://\n', ['uri-scheme']],
    ['the same id twice', 'a: http://h\na: http://h\n', ['duplicate-id', 'duplicate-id']],
    ['nothing of a connection', 'a:\n', ['file-value']],
    ['nothing', 'a: {conn_type: azure, extra: {x: 1}}\nb: http://h\n', []],
  ] as const) {
    it(`finds ${name}`, () => {
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});
