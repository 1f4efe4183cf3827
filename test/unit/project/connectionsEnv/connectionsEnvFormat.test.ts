import assert from 'node:assert/strict';
import { connectionsEnvFormat } from '../../../../src/project/connectionsEnv/connectionsEnvFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, editOf } from '../formatChecks.ts';

const format = connectionsEnvFormat();
const uri = 'azure:///?managed_identity_client_id=7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71&workload_identity_tenant_id=2f6d8a31-90bc-4e57-a1d2-3c4b5a697887';

describe('connections.env', () => {
  for (const [name, before, after] of [
    ['as a URI on the last line', 'a=http://h\n', `a=http://h\nazure_wi=${uri}\n`],
    ['in place of another URI, whose host stays', 'azure_wi=http://h\nb=http://h\n', `azure_wi=${uri.replace(':///', '://h/')}\nb=http://h\n`],
    ['in place of JSON, which Airflow does not read here', 'azure_wi={"conn_type":"azure"}\n', `azure_wi=${uri}\n`],
  ] as const) {
    it(`holds a connection ${name}`, () => {
      const edit = editOf(format.planConnection(before, azureConnection()));
      assert.ok(edit);
      assert.equal(applyEdits(before, edit.edits), after);
    });
  }

  it('is not made where there is none', () => {
    assert.equal(format.planConnection(undefined, azureConnection()).kind, 'refused');
  });

  for (const [name, text, codes] of [
    ['JSON, which is read as nothing', 'a={"conn_type":"azure"}\n', ['file-json-text']],
    ['a byte order mark, which becomes part of the first id', '\uFEFFa=http://h\n', ['byte-order-mark']],
    ['quotes', 'a="http://h"\n', ['file-quoted']],
    ['a comment behind the URI', 'a=http://h # x\n', ['file-quoted']],
    ['the name of an environment variable', 'AIRFLOW_CONN_A=http://h\n', ['file-id']],
    ['export', 'export a=http://h\n', ['file-id']],
    ['an id that Airflow passes over', 'a b=http://h\n', ['file-id']],
    ['a line of blanks', 'a=http://h\n  \n', ['file-blank-line']],
    ['a line without a value', 'a=\n', ['file-line']],
    ['the same id twice', 'a=http://h\na=http://g\n', ['duplicate-id', 'duplicate-id']],
    ['a URI that reads otherwise', 'a=azure_batch://\n', ['uri-scheme']],
    ['nothing', '# x\na=http://h\n\n', []],
  ] as const) {
    it(`finds ${name}`, () => {
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});
