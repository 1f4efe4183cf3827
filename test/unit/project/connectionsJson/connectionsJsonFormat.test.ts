import assert from 'node:assert/strict';
import { connectionsJsonFormat } from '../../../../src/project/connectionsJson/connectionsJsonFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection, subscriptionId } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = connectionsJsonFormat();
const extra = '"managed_identity_client_id": "7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71",\n      "workload_identity_tenant_id": "2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"';
const entry = `"azure_wi": {\n    "conn_type": "azure",\n    "extra": {\n      ${extra}\n    }\n  }`;

function written(text: string, without: readonly string[] = []): string {
  const edit = editOf(format.planConnection(text, azureConnection(), without));
  assert.ok(edit);
  return applyEdits(text, edit.edits);
}

describe('connections.json', () => {
  for (const [name, before, after] of [
    ['an empty file', '', `{\n  ${entry}\n}\n`],
    ['an empty object', '{}\n', `{\n  ${entry}\n}\n`],
    ['a file of another connection', '{\n  "a": "http://h"\n}\n', `{\n  "a": "http://h",\n  ${entry}\n}\n`],
    ['tabs and Windows line endings', '{\r\n\t"a": "http://h"\r\n}\r\n', `{\n\t"a": "http://h",\n\t${entry.replaceAll('  ', '\t')}\n}\n`.replaceAll('\n', '\r\n')],
    ['a file of one line', '{"a": "http://h"}', `{"a": "http://h", "azure_wi": ${entry.replace('"azure_wi": ', '').replaceAll(/\s+/g, '')}}`],
    ['an entry of the same id, whose other keys stay', '{\n  "azure_wi": {"login": "me", "conn_type": "http", "description": "d"}\n}\n',
      `{\n  "azure_wi": {"login": "me", "conn_type": "azure", "description": "d", "extra": {${extra.replaceAll(/\s+/g, '')}}}\n}\n`],
    ['extra_dejson, which stays that', '{\n  "azure_wi": { "conn_type": "azure", "extra_dejson": {} }\n}\n', `{\n  "azure_wi": { "conn_type": "azure", "extra_dejson": {\n    ${extra.replace('\n      ', '\n    ')}\n  } }\n}\n`],
    ['JSON as text, which stays text', '{"azure_wi": {"conn_type": "azure", "extra": "{\\"a\\": 1}"}}',
      `{"azure_wi": {"conn_type": "azure", "extra": "{${extra.replaceAll(/\s+/g, '').replaceAll('"', '\\"')},\\"a\\":1}"}}`],
    ['a URI', '{\n  "azure_wi": "azure://?a=b"\n}\n', `{\n  "azure_wi": {\n    "conn_type": "azure",\n    "extra": {\n      ${extra},\n      "a": "b"\n    }\n  }\n}\n`],
    ['what Airflow cannot read', '{\n  "azure_wi": null\n}\n', `{\n  ${entry}\n}\n`],
  ] as const) {
    it(`takes the connection into ${name}`, () => {
      assert.equal(written(before), after);
    });
  }

  it('takes away what a fix asks for, in the entry and in its extra', () => {
    const text = `{"azure_wi": {"conn_type": "azure", "login": "a", "password": "b", "extra": {"managed_identity_client_id": "7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71", "workload_identity_tenant_id": "2f6d8a31-90bc-4e57-a1d2-3c4b5a697887", "tenantId": "x", "subscription_id": "${subscriptionId}"}}}`;
    assert.equal(written(text, ['password', 'extra.tenantId']), text.replace('"password": "b", ', '').replace('"tenantId": "x", ', ''));
    assert.equal(format.planConnection(text.replace(', "tenantId": "x"', ''), azureConnection(), ['extra.tenantId']).kind, 'unchanged');
  });

  it('is read in all forms that Airflow takes', () => {
    const { connections } = contentOf(format, '{"a": "wasb://https%3A%2F%2Fx/?k=v", "b": [{"conn_type": "http", "extra": "{\\"a\\": 1}"}], "c": {"uri": "ftp://me@h"}, "d": {"conn_type": "x", "extra_dejson": {"e": null}, "login": null}}');
    assert.deepEqual(connections.map(({ connection: { connectionId, type, host, login, extra: read } }) => [connectionId, type, host, login, read]), [
      ['a', 'wasb', 'https://x', undefined, { k: 'v' }], ['b', 'http', undefined, undefined, { a: 1 }], ['c', 'ftp', 'h', 'me', {}], ['d', 'x', undefined, undefined, { e: null }],
    ]);
  });

  it('is previewed without secrets', () => {
    const plan = format.planConnection('{\n  "db": {"conn_type": "x", "password": "hunter1"},\n  "azure_wi": {\n    "conn_type": "azure",\n    "password": "hunter2",\n    "extra": "{\\"account_key\\": \\"hunter3\\"}"\n  },\n  "uri": "postgres://me:hunter4@h"\n}', azureConnection());
    assert.ok(plan.kind === 'differs');
    assert.doesNotMatch(JSON.stringify([plan.existing, plan.wanted, plan.overwrite.preview]), /hunter/);
  });

  for (const [name, value, codes] of [
    ['an unknown key', '{"conn_type": "azure", "foo": 1}', ['file-key']],
    ['extra twice', '{"conn_type": "azure", "extra": {}, "extra_dejson": {}}', ['file-extra-twice']],
    ['another id inside', '{"conn_id": "other", "conn_type": "azure"}', ['file-conn-id']],
    ['null', 'null', ['file-value']],
    ['two values', '["http://a", "http://b"]', ['file-value']],
    ['extra that is no object', '{"conn_type": "azure", "extra": []}', ['file-value']],
    ['extra_dejson that is text', '{"conn_type": "azure", "extra_dejson": "{}"}', ['file-value']],
    ['dashes in the type', '{"conn_type": "azure-data-factory"}', ['type-dashes']],
    ['no type', '{"host": "h"}', ['type-missing']],
    ['JSON as text', '"{\\"conn_type\\": \\"azure\\"}"', ['file-json-text']],
    ['a URI that reads otherwise', '"azure_batch://"', ['uri-scheme']],
    ['a comment', '{"conn_type": "azure"} // mine', ['file-comment']],
    ['nothing', '{"conn_type": "azure", "extra": "{}", "port": null, "conn_id": "a", "team_name": "t"}', []],
  ] as const) {
    it(`finds ${name}`, () => {
      const text = `{\n  "a": ${value}\n}\n`;
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }

  it('refuses what is not JSON, or no object', () => {
    for (const [text, message] of [['{"a": ', /does not parse: .*Expected/], ['[]', /does not hold an object/], ['{"a": "http://h",}', /does not parse/]] as const) {
      const content = format.read(text);
      assert.ok('kind' in content);
      assert.match(content.message, message);
      assert.equal(content.line, 1);
    }
  });

  it('quotes nothing of the file where an edit has to be given up', () => {
    const text = '{"x": {"conn_type": "azure", "extra": {"key": /* why */ "hunter2"}, "login": "me"}}';
    const plan = format.planConnection(text, { ...azureConnection(), connectionId: 'x', host: 'h' }, ['login']);
    assert.ok(plan.kind === 'refused');
    assert.equal(plan.message, 'connections.json could not be read.');
  });
});
