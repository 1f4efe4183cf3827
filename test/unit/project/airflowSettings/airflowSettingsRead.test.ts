import assert from 'node:assert/strict';
import { airflowConnection } from '../../../../src/connection/writeConnection.ts';
import { airflowSettingsFormat } from '../../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection, subscriptionId } from '../../connection/sampleConnection.ts';
import { checkFixes, checkPlaces, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = airflowSettingsFormat();
const ids = { clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887' };

function entry(lines: string): string {
  return `airflow:\n  connections:\n    - conn_id: a\n${lines}`;
}

describe('airflow_settings.yaml, read', () => {
  it('gives every connection with all its fields, as the Astro CLI hands them on: empty is null', () => {
    const { connections } = contentOf(format, `Airflow:
  Connections:
    - CONN_ID: a
      conn_type: postgres
      conn_host: db
      conn_schema: ""
      conn_login: 5
      conn_password: '' # none
      conn_port: 5432
      conn_uri: ""
      conn_extra: {}
    - conn_id: b
      conn_uri: wasb://https%3A%2F%2FAcct.example/?a=1
    - conn_id:
      conn_type: http
    - text
`);
    assert.deepEqual(connections.map(({ connection }) => connection), [
      { connectionId: 'a', type: 'postgres', host: 'db', schema: undefined, login: '5', password: undefined, port: 5432, extra: {} },
      { connectionId: 'b', type: 'wasb', host: 'https://Acct.example', schema: undefined, login: undefined, password: undefined, port: undefined, extra: { a: '1' } },
    ]);
  });

  it('lowers the keys of a map in conn_extra at every depth, and keeps what was meant for writing it elsewhere', () => {
    const [found] = contentOf(format, entry('      conn_type: x\n      conn_extra:\n        aB: {cD: [{eF: gH}]}\n')).connections;
    assert.deepEqual(found?.connection.extra, { ab: { cd: [{ ef: 'gH' }] } });
    assert.deepEqual(found?.written.extra, { aB: { cD: [{ eF: 'gH' }] } });
  });

  for (const [name, extra] of [
    ['single quotes', `'{"k": "v", "managed_identity_client_id": "${ids.clientId}"}'`],
    ['single quotes with a quote in it', `'{"k": "it''s", "managed_identity_client_id": "${ids.clientId}"}'`],
    ['double quotes', `"{\\"k\\": \\"\\u00e4\\", \\"managed_identity_client_id\\": \\"${ids.clientId}\\"}"`],
    ['a block of text', `|\n        {\n          "k": "v",\n          "managed_identity_client_id": "${ids.clientId}"}`],
    ['a map', `\n        k: v\n        managed_identity_client_id: ${ids.clientId} # who`],
    ['a flow map', `{k: v, managed_identity_client_id: "${ids.clientId}"}`],
  ] as const) {
    it(`knows where a client id stands in ${name}`, () => {
      const text = `\uFEFF${entry(`      conn_type: azure\n      conn_extra: ${extra}\n`)}`;
      checkPlaces(format, text);
      const { offset, length } = contentOf(format, text).connections[0]?.places['extra.managed_identity_client_id'] ?? { offset: 0, length: 0 };
      assert.equal(text.slice(offset, offset + length), ids.clientId);
    });
  }

  for (const [name, text, codes] of [
    ['a map whose keys lose their capitals', entry(`      conn_type: azure\n      conn_extra:\n        subscriptionId: ${subscriptionId}\n`), ['extra-map']],
    ['such a map in braces', entry('      conn_type: azure\n      conn_extra: {tenantId: x} # old\n'), ['extra-map']],
    ['such a map behind an anchor, which only its author can mend', `x: &x {aB: c}\n${entry('      conn_type: azure\n      conn_extra: *x\n')}`, ['extra-map']],
    ['text that is no JSON', entry('      conn_type: azure\n      conn_extra: nothing\n'), ['extra-unreadable']],
    ['a list', entry('      conn_type: azure\n      conn_extra: [1]\n'), ['extra-unreadable']],
    ['an address beside the type', entry('      conn_type: azure\n      conn_uri: azure://\n'), ['uri-ignored']],
    ['an address that reads otherwise than it looks', entry('      conn_uri: wasb://https://Acct.example/?a=1\n'), ['uri-host-case']],
    ['an address that is none', entry('      conn_uri: azure://me@https://x\n'), ['uri-unreadable']],
    ['neither type nor address', entry('      conn_host: h\n'), ['type-missing']],
    ['no id', 'airflow:\n  connections:\n    - conn_type: azure\n', ['id-missing']],
    ['the same id twice', `${entry('      conn_type: azure\n')}    - conn_id: a\n      conn_type: http\n`, ['duplicate-id', 'duplicate-id']],
    ['nothing in a map of small letters, text, the template', `${entry("      conn_type: azure\n      conn_extra: {managed_identity_client_id: x}\n    - conn_id: b\n      conn_type: azure\n      conn_extra: '{\"tenantId\": 1}'\n")}    - conn_id:\n      conn_type:\n      conn_extra:\n        example_extra_field: example-value\n`, []],
  ] as const) {
    it(`finds ${name}`, () => {
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }

  it('mends a map with its keys as they were meant', () => {
    const text = entry(`      conn_type: azure\n      conn_extra: # identity\n        subscriptionId: ${subscriptionId}\n        n: 1\n`);
    const [fix] = contentOf(format, text).findings[0]?.fixes ?? [];
    assert.equal(applyEdits(text, fix?.edits ?? []), entry(`      conn_type: azure\n      conn_extra: # identity\n        '{"subscriptionId":"${subscriptionId}","n":1}'\n`));
  });
});

describe('airflow_settings.yaml, with connections of other types', () => {
  it('holds host, login and port as the type needs them, and takes away what a fix asks for', () => {
    const wanted = airflowConnection({ connectionId: 'a', type: 'wasb', ...ids, values: { host: 'https://acct.blob.core.windows.net' } });
    const text = entry('      conn_type: azure # old\n      conn_login: me # who\n      conn_password: "secret"\n      conn_extra: \'{"sas_token":"x","other":1}\'\n');
    const plan = format.planConnection(text, { ...wanted, port: 443 }, ['password', 'extra.sas_token']);
    const edit = editOf(plan);
    assert.ok(edit);
    assert.equal(applyEdits(text, edit.edits), entry(`      conn_type: wasb # old
      conn_login: me # who
      conn_password:
      conn_extra: '{"managed_identity_client_id":"${ids.clientId}","workload_identity_tenant_id":"${ids.tenantId}","other":1}'
      conn_host: 'https://acct.blob.core.windows.net'
      conn_port: 443
`));
  });

  it('is refused for Service Bus, whose schema has to be there and empty: the Astro CLI leaves empty fields out', () => {
    const wanted = airflowConnection({ connectionId: 'a', type: 'azure_service_bus', ...ids, values: { fully_qualified_namespace: 'n.servicebus.windows.net' } });
    const plan = format.planConnection('', wanted);
    assert.ok(plan.kind === 'refused');
    assert.match(plan.fix, /\.env/);
  });

  it('turns an address into fields, so that it is not read beside the type', () => {
    const text = entry('      conn_uri: http://me@h/ # old\n');
    const edit = editOf(format.planConnection(text, { ...azureConnection(), connectionId: 'a' }));
    assert.ok(edit);
    const [found] = contentOf(format, applyEdits(text, edit.edits)).connections;
    assert.deepEqual([found?.connection.type, found?.connection.host, found?.connection.login], ['azure', 'h', 'me']);
    assert.match(applyEdits(text, edit.edits), /conn_uri: # old/);
  });
});

describe('airflow_settings.yaml, with a connection taken out', () => {
  for (const [name, before, after] of [
    ['from the middle, with the comment behind it', '    - conn_id: a # x\n      conn_type: http\n    - conn_id: b\n', '    - conn_id: b\n'],
    ['from the end, leaving the comments of others', '    - conn_id: b\n    # about a\n    - conn_id: a\n      conn_extra: |\n        {}\n  # pools\n  pools: []\n', '    - conn_id: b\n    # about a\n  # pools\n  pools: []\n'],
    ['from a list in brackets', '    [{conn_id: a}, {conn_id: b}]\n', '    [{conn_id: b}]\n'],
    ['from the end of a list in brackets', '    [{conn_id: b}, {conn_id: a}, ]\n', '    [{conn_id: b}, ]\n'],
    ['as the only one', '  - conn_id: a\n    conn_type: http # x\n  pools: []\n', undefined],
  ] as const) {
    it(name, () => {
      const text = `airflow:\n  connections:\n${before}`;
      const edit = editOf(format.planRemoval(text, 'a'));
      assert.ok(edit, JSON.stringify(format.planRemoval(text, 'a')));
      assert.equal(applyEdits(text, edit.edits), after === undefined ? 'airflow:\n  connections: [] # x\n  pools: []\n' : `airflow:\n  connections:\n${after}`);
    });
  }

  it('is refused where an anchor in it is used elsewhere, or it stands there twice', () => {
    for (const text of [entry('      conn_type: &t http\n    - conn_id: b\n      conn_type: *t\n'), `${entry('')}    - conn_id: a\n`]) {
      assert.equal(format.planRemoval(text, 'a').kind, 'refused');
    }
  });
});
