import assert from 'node:assert/strict';
import { dotEnvFormat } from '../../../../src/project/dotEnv/dotEnvFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = dotEnvFormat();
const json = '{"conn_type":"azure","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}';

function written(text: string): string {
  const edit = editOf(format.planConnection(text, azureConnection()));
  assert.ok(edit);
  return applyEdits(text, edit.edits);
}

describe('.env', () => {
  for (const [name, before, after] of [
    ['as the last line', 'A=1\n', `A=1\nAIRFLOW_CONN_AZURE_WI=${json}\n`],
    ['behind a last line that has no line break', 'A=1', `A=1\nAIRFLOW_CONN_AZURE_WI=${json}`],
    ['in Windows line endings', '\uFEFFA=1\r\n', `\uFEFFA=1\r\nAIRFLOW_CONN_AZURE_WI=${json}\r\n`],
    ['in place of another value, leaving export and comment', "B=1\nexport AIRFLOW_CONN_AZURE_WI='http://h'   # mine\nC=2\n", `B=1\nexport AIRFLOW_CONN_AZURE_WI=${json.replace('{"conn_type":"azure"', '{"conn_type":"azure","host":"h"')}   # mine\nC=2\n`],
    ['in place of a value of several lines', "AIRFLOW_CONN_AZURE_WI='{\n \"conn_type\": \"azure\"\n}'\nC=2\n", `AIRFLOW_CONN_AZURE_WI=${json}\nC=2\n`],
  ] as const) {
    it(`holds a connection on one unquoted line, ${name}`, () => {
      assert.equal(written(before), after);
    });
  }

  it('finds a connection whatever the letter case of its id, as Airflow does', () => {
    assert.equal(format.planConnection(`AIRFLOW_CONN_AZURE_WI=${json}\n`, { ...azureConnection(), connectionId: 'Azure_WI' }).kind, 'unchanged');
  });

  it('keeps an empty schema, which Service Bus needs', () => {
    const plan = format.planConnection('', { ...azureConnection(), type: 'azure_service_bus', schema: '', extra: { ...azureConnection().extra, fully_qualified_namespace: 'n.servicebus.windows.net' } });
    assert.match(editOf(plan)?.edits[0]?.text ?? '', /"schema":""/);
  });

  it('is read with JSON and URIs, quoted or not, and nothing else', () => {
    const { connections } = contentOf(format, `AIRFLOW_CONN_A=${json}\nAIRFLOW_CONN_B='azure://?subscriptionId=x'\nAIRFLOW_CONN_C="{\\"conn_type\\":\\"http\\"}"\nairflow_conn_d={}\nAIRFLOW_CONN_E={broken\nOTHER=${json}\nAIRFLOW_CONN_F=\n`);
    assert.deepEqual(connections.map(({ connection: { connectionId, type, extra } }) => [connectionId, type, Object.keys(extra).length]), [['a', 'azure', 2], ['b', 'azure', 1], ['c', 'http', 0]]);
  });

  it('is previewed without secrets, ours and the neighbours\'', () => {
    const plan = format.planConnection('DB_PASSWORD=hunter2\nAIRFLOW_CONN_AZURE_WI={"conn_type":"azure","password":"hunter3","extra":{"key_json":"hunter4"}}\nAIRFLOW_CONN_DB=postgres://me:hunter5@db/x\n', azureConnection());
    assert.ok(plan.kind === 'differs');
    assert.doesNotMatch(JSON.stringify([plan.existing, plan.wanted, plan.overwrite.preview]), /hunter/);
    assert.match(plan.wanted, /7d3c1f90/);
  });

  for (const [name, text, codes] of [
    ['JSON of several lines', `AIRFLOW_CONN_A='{"conn_type":\n"azure"}'\n`, ['env-multi-line']],
    ['JSON in quotes', `AIRFLOW_CONN_A='${json}'\n`, ['env-quoted']],
    ['a URI in quotes', 'AIRFLOW_CONN_A="azure://?a=b"\n', ['env-quoted']],
    ['a quote that is never closed', "AIRFLOW_CONN_A='{\nB=1\n", ['env-unterminated']],
    ['a name in lower case', `airflow_conn_a=${json}\n`, ['env-name-case']],
    ['a name partly in lower case', `AIRFLOW_CONN_azure=${json}\n`, ['env-name-case']],
    ['export', `export AIRFLOW_CONN_A=${json}\n`, ['env-export']],
    ['blanks around the name', `AIRFLOW_CONN_A = ${json}\n`, ['env-blanks']],
    ['a comment behind the value', `AIRFLOW_CONN_A=${json} # mine\n`, ['env-comment']],
    ['broken JSON', 'AIRFLOW_CONN_A={"conn_type": "azure",}\n', ['json-unreadable']],
    ['JSON that does not begin the value', 'AIRFLOW_CONN_A=x{"conn_type": "azure"}\n', ['json-unreadable']],
    ['a key that Airflow does not know', 'AIRFLOW_CONN_A={"conn_type":"azure","foo":1}\n', ['json-unreadable']],
    ['no type', 'AIRFLOW_CONN_A={"host":"h"}\n', ['type-missing']],
    ['underscores in the scheme of a URI', 'AIRFLOW_CONN_A=azure_data_factory://?subscriptionId=x\n', ['uri-scheme']],
    ['a path that becomes the schema', 'AIRFLOW_CONN_A=azure-ai-agents://https://a.services.ai.azure.com/api/projects/p\n', ['uri-path']],
    ['capitals that get lost in the host', 'AIRFLOW_CONN_A=postgres://Db/x\n', ['uri-host-case']],
    ['a URI that Airflow refuses', 'AIRFLOW_CONN_A=wasb://me@https://acct\n', ['uri-unreadable']],
    ['a truth value that arrives as text', 'AIRFLOW_CONN_A=azure://?use_azure_identity_object=false\n', ['uri-text-value']],
    ['parameters beside __extra__', 'AIRFLOW_CONN_A=azure://?__extra__=%7B%7D&a=b\n', ['uri-parameters-dropped']],
    ['the same connection twice', `AIRFLOW_CONN_A=${json}\nAIRFLOW_CONN_A=${json}\n`, ['duplicate-id', 'duplicate-id']],
    ['nothing', `AIRFLOW_CONN_A=${json}\nAIRFLOW_CONN_B=azure://?a=b\nAIRFLOW_CONN_C=\nA='b'\n`, []],
  ] as const) {
    it(`finds ${name}`, () => {
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});
