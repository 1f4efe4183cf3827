import assert from 'node:assert/strict';
import { airflowSettingsFormat } from '../../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import type { EditPlan } from '../../../../src/project/textEdit.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';

const { planConnection } = airflowSettingsFormat();
const clientId = '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71';
const tenantId = '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887';
const connection = azureConnection();
const extra = '{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}';

function differing(text: string): Extract<EditPlan, { kind: 'differs' }> {
  const plan = planConnection(text, connection);
  assert.equal(plan.kind, 'differs', JSON.stringify(plan));
  return plan;
}

describe('airflow_settings.yaml: planConnection refuses', () => {
  for (const [name, text, line, message] of [
    ['what does not parse', 'airflow:\n  connections:\n    - conn_id: [\n', 4, /does not parse: Flow sequence .* end with a \]/],
    ['what parses only as long as nothing follows', 'conn_extra: \n\t\n', 2, /parses only as it stands/],
    ['what parses only as long as no comma follows', "{'b'!!map }", 1, /parses only as it stands/],
    ['tabs as indentation', 'airflow:\n\tconnections:\n', 2, /does not parse: Tabs are not allowed as indentation/],
    ['a key twice', 'airflow:\n  pools: []\n  pools: []\n', 3, /does not parse: Map keys must be unique/],
    ['a binary file', 'PK\u0003\u0004\n\u0000', 1, /character U\+0003/],
    ['bytes that are no UTF-8', 'airflow:\n  name: M\uFFFDnchen\n', 2, /character U\+FFFD/],
    ['line ends of old Macs', 'airflow:\r  pools:\r', 1, /character U\+000D/],
    ['several documents', 'airflow:\n---\nairflow:\n', 2, /several YAML documents/],
    ['a list as the whole file', '- airflow\n', 1, /is not a map/],
    ['text as the whole file', 'airflow\n', 1, /is not a map/],
    ['airflow as a list', 'airflow:\n  - connections\n', 2, /airflow is not a map/],
    ['connections as a map', 'airflow:\n  connections:\n    azure_wi: x\n', 3, /connections is not a list/],
    ['connections as text', 'airflow:\n  connections: none\n', 2, /connections is not a list/],
    ['connections taken from an anchor', 'shared: &c\n  - conn_id: a\nairflow:\n  connections: *c\n', 4, /connections is shared through a YAML anchor/],
    ['connections that others refer to', 'airflow:\n  connections: &c\n    - conn_id: a\nother: *c\n', 3, /connections is shared/],
    ['an airflow map that others refer to', 'airflow: &a\n  connections:\n    - conn_id: a\nother: *a\n', 2, /airflow is shared/],
    ['connections that a merge key may bring', 'base: &b\n  connections: []\nairflow:\n  <<: *b\n', 4, /connections is shared/],
    ['an entry of the id that is an alias', 'x: &e\n  conn_id: azure_wi\nairflow:\n  connections:\n    - *e\n', 5, /azure_wi is shared/],
    ['an entry of the id with a merge key', 'x: &e\n  conn_type: http\nairflow:\n  connections:\n    - conn_id: azure_wi\n      <<: *e\n', 5, /azure_wi is shared/],
    ['an entry whose id comes by a merge key', 'x: &e\n  conn_id: azure_wi\nairflow:\n  connections:\n    - <<: *e\n      conn_type: http\n', 5, /azure_wi is shared/],
    ['a value that others refer to', 'airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: &t http\n    - conn_id: b\n      conn_type: *t\n', 4, /conn_type is shared/],
    ['a value that is an alias', 'airflow:\n  connections:\n    - conn_id: b\n      conn_type: &t http\n    - conn_id: azure_wi\n      conn_type: *t\n', 6, /conn_type is shared/],
    ['an alias without its anchor', 'airflow:\n  pools: *p\n', 2, /alias \*p/],
    ['the id twice', 'airflow:\n  connections:\n    - conn_id: azure_wi\n    - conn_id: "azure_wi"\n', 4, /two connections with the id azure_wi/],
    ['keys behind question marks', '? other\n: 1\n', 1, /form of YAML that airflow cannot be added to/],
    ['a tag on a list without entries', 'airflow:\n  connections: !mine []\n', 2, /connections is not a list/],
    ['a block of text at the end without a line break', 'airflow:\n  connections:\n    - conn_id: a\n      conn_extra: |\n        {}', 5, /block of text without a line break/],
  ] as const) {
    it(name, () => {
      const plan = planConnection(text, connection);
      assert.equal(plan.kind, 'refused', JSON.stringify(plan));
      assert.match(plan.message, message);
      assert.equal(plan.line, line);
      assert.equal(plan.code, 'fileUnreadable');
      assert.ok(plan.fix.endsWith('.'));
    });
  }

  it('nesting of thousands of levels, without throwing', () => {
    const plan = planConnection('['.repeat(3_000), connection);
    assert.equal(plan.kind, 'refused');
    assert.equal(plan.code, 'fileUnreadable');
  });

  it('aliases that would grow to millions of values, without throwing', () => {
    const levels = Array.from({ length: 9 }, (_none, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]\n`);
    const plan = planConnection(`l0: &l0 x\n${levels.join('')}airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_extra: *l9\n`, connection);
    assert.equal(plan.kind, 'refused');
    assert.match(plan.message, /could not be read: Excessive alias count/);
  });

  it('a connection that Airflow would not take', () => {
    const wrongExtras = [{ managed_identity_client_id: 'x' }, { workload_identity_tenant_id: '' }, { subscriptionId: 'y' }];
    for (const wrong of [{ connectionId: 'a b' }, ...wrongExtras.map((extraKeys) => ({ extra: { ...connection.extra, ...extraKeys } }))]) {
      const plan = planConnection('', { ...connection, ...wrong });
      assert.equal(plan.kind, 'refused');
      assert.equal(plan.code, 'invalidInput');
    }
  });
});

describe('airflow_settings.yaml: planConnection passes over', () => {
  it('an anchor that nobody refers to', () => {
    assert.equal(planConnection('airflow: &a\n  connections: &c\n    - conn_id: a\n', connection).kind, 'edit');
  });

  it('entries by alias and merge key that have another id', () => {
    const text = 'x: &e\n  conn_type: http\nairflow:\n  connections:\n    - conn_id: a\n      <<: *e\n    - *e\n';
    const plan = planConnection(text, connection);
    assert.equal(plan.kind, 'edit');
    assert.equal(applyEdits(text, plan.edits), `${text}    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra: '${extra}'\n`);
  });

  it('an empty entry that carries a comment in its example', () => {
    const plan = planConnection('airflow:\n  connections:\n    - conn_id:\n      conn_extra:\n        # mine\n        example_extra_field: example-value\n', connection);
    assert.equal(plan.kind === 'edit' && plan.action, 'add');
  });
});

describe('airflow_settings.yaml: planConnection, with an entry of the same id', () => {
  it('is content with the same identity in other letter case, other order and more keys', () => {
    const text = `airflow:\n  connections:\n    - conn_extra: '{"x": 1, "workload_identity_tenant_id": "${tenantId.toUpperCase()}", "managed_identity_client_id": "${clientId}"}'\n      conn_type: "azure"\n      conn_id: azure_wi\n`;
    assert.deepEqual(planConnection(text, connection), { kind: 'unchanged', cursor: text.indexOf('conn_extra'), notes: [] });
  });

  it('is content with a map as long as no subscription is wanted, since the Astro CLI spoils only that key', () => {
    const text = `airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra:\n        managed_identity_client_id: ${clientId}\n        workload_identity_tenant_id: ${tenantId}\n`;
    assert.equal(planConnection(text, connection).kind, 'unchanged');
    assert.equal(planConnection(text, azureConnection({ subscriptionId: clientId })).kind, 'differs');
  });

  it('shows both versions, keeps other keys and hides the password', () => {
    const text = 'airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: azure_data_lake # old\n      conn_password: hunter2\n      conn_extra: \'{"tenant": "x"}\'\n  pools:\n';
    const plan = differing(text);
    assert.equal(plan.existing, 'conn_id: azure_wi\nconn_type: azure_data_lake # old\nconn_password: ••••••\nconn_extra: \'{"tenant": "x"}\'');
    assert.equal(plan.wanted, `conn_id: azure_wi\nconn_type: azure # old\nconn_password: ••••••\nconn_extra: '${extra.slice(0, -1)},"tenant":"x"}'`);
    assert.ok(!JSON.stringify(plan).includes('hunter2'));
    assert.deepEqual(plan.overwrite.lines, { first: 3, last: 7 });
    const result = applyEdits(text, plan.overwrite.edits);
    assert.ok(result.includes('      conn_password: hunter2\n'));
    assert.equal(planConnection(result, connection).kind, 'unchanged');
  });

  it('takes over what conn_extra holds beside the identity, without the keys the Astro CLI spoilt', () => {
    const text = 'airflow: {connections: [{conn_id: azure_wi, conn_type: azure, conn_extra: {subscriptionid: old, use_azure_identity_object: true, n: {a: [1]}}}]}';
    const plan = differing(text);
    const withSubscription = planConnection(text, azureConnection({ subscriptionId: clientId }));
    assert.match(applyEdits(text, plan.overwrite.edits), /"subscriptionid":"old","use_azure_identity_object":true,"n":\{"a":\[1\]\}\}'\}\]\}$/);
    assert.ok(withSubscription.kind === 'differs' && !withSubscription.wanted.includes('subscriptionid'));
  });

  describe('says what else decides the sign-in', () => {
    for (const [name, fields, note] of [
      ['half an identity', 'conn_extra: \'{"managed_identity_client_id":"x"}\'', /managed_identity_client_id is set without workload_identity_tenant_id/],
      ['a secret', 'conn_login: a\n      conn_password: b\n      conn_extra: \'{"tenantId":"x"}\'', /signs in with that client secret/],
      ['a key file', 'conn_extra: \'{"key_path":"/k"}\'', /key_path/],
      ['an address', 'conn_uri: azure://', /conn_uri is set as well/],
    ] as const) {
      it(name, () => {
        const { notes } = differing(`airflow:\n  connections:\n    - conn_id: azure_wi\n      conn_type: azure\n      ${fields}\n`);
        assert.match(notes.join('\n'), note);
      });
    }
  });
});

describe('airflow_settings.yaml: planConnection, with 5,000 lines', () => {
  it('finds the place at the end of the list', () => {
    const entry = "    - conn_id: c\n      conn_type: postgres\n      conn_host: h\n      conn_password: 'x'\n      conn_extra:\n        a: b # c\n";
    const plan = planConnection(`airflow:\n  connections:\n${entry.repeat(833)}`, connection);
    assert.ok(plan.kind === 'edit' && (plan.lines?.first ?? 0) > 4_990);
  });
});
