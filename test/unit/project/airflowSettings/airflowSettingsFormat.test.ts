import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { airflowSettingsFormat } from '../../../../src/project/airflowSettings/airflowSettingsFormat.ts';
import type { EditPlan, PlannedEdit } from '../../../../src/project/textEdit.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection, subscriptionId } from '../../connection/sampleConnection.ts';
import { goldenCases } from './airflowSettingsCases.ts';

const { planConnection } = airflowSettingsFormat();
const connection = azureConnection({ subscriptionId });
const extra = '{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887","subscriptionId":"c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3"}';

function fixture(name: string): string {
  return readFileSync(new URL(`../corpus/airflowSettings/${name}`, import.meta.url), 'utf8');
}

function planned(plan: EditPlan): PlannedEdit {
  assert.equal(plan.kind, 'edit', JSON.stringify(plan));
  return plan;
}

describe('airflow_settings.yaml', () => {
  describe('writes what stands in the golden cases', () => {
    for (const { name, before, after, action } of goldenCases) {
      it(name, () => {
        const plan = planConnection(before, connection);
        const edit = plan.kind === 'differs' ? plan.overwrite : planned(plan);
        const result = applyEdits(before, edit.edits);
        assert.equal(result, after.replaceAll('EXTRA', extra));
        assert.equal(edit.action, action);
        assert.match(result.slice(edit.cursor), /^["']?conn_/i);
        assert.equal(planConnection(result, connection).kind, 'unchanged');
      });
    }
  });

  it('gives an entry of another type the tenant and leaves its type, its other values and their order of keys', () => {
    const before = (tenant: string): string =>
      `airflow:\n  connections:\n    - conn_id: azure_wi # ingest\n      conn_type: azure_data_factory\n      conn_extra: '{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71",${tenant}"subscriptionId":"${subscriptionId}","factory_name":"adf"}'\n`;
    const plan = planConnection(before(''), { ...connection, type: 'azure_data_factory' });
    assert.equal(plan.kind, 'differs');
    assert.equal(plan.kind === 'differs' && applyEdits(before(''), plan.overwrite.edits), before(`"workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887",`));
  });

  it('fills the empty entry of the template and shows it as the form does', () => {
    const template = fixture('settings-template-runtime3.yaml');
    const plan = planned(planConnection(template, connection));
    assert.equal(plan.action, 'fill');
    assert.deepEqual(plan.lines, { first: 9, last: 18 });
    assert.deepEqual(plan.preview.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`), [
      '   connections:',
      '-    - conn_id:',
      '-      conn_type:',
      '+    - conn_id: azure_wi',
      '+      conn_type: azure',
      '       conn_host:',
      '       conn_schema:',
      '       conn_login:',
      '       conn_password:',
      '       conn_port:',
      '-      conn_extra:',
      '-        example_extra_field: example-value',
      `+      conn_extra: '${extra}'`,
      '   pools:',
    ]);
  });

  it('creates a file that does not exist', () => {
    const plan = planned(planConnection(undefined, azureConnection()));
    assert.equal(plan.action, 'create');
    assert.deepEqual(plan.lines, { first: 1, last: 5 });
    assert.deepEqual(parse(applyEdits('', plan.edits)), {
      airflow: {
        connections: [{ conn_id: 'azure_wi', conn_type: 'azure', conn_extra: extra.replace(/,"subscriptionId":"[^"]*"/, '') }],
      },
    });
  });

  for (const name of ['settings-exported', 'settings-old-template', 'settings-template-runtime2', 'settings-test']) {
    it(`adds to ${name}.yaml of the Astro CLI and changes nothing else`, () => {
      const text = fixture(`${name}.yaml`);
      const result = applyEdits(text, planned(planConnection(text, connection)).edits);
      const before = parse(text) as { airflow: { connections: { conn_id: string | null }[] } };
      const after = parse(result) as typeof before;
      const ours = after.airflow.connections.find(({ conn_id: id }) => id === 'azure_wi');
      assert.ok(ours);
      assert.deepEqual({ ...ours, conn_host: null }, {
        ...(name.includes('template-') ? before.airflow.connections[0] : {}),
        conn_host: null, conn_id: 'azure_wi', conn_type: 'azure', conn_extra: extra,
      });
      const others = after.airflow.connections.filter((entry) => entry !== ours);
      assert.deepEqual({ airflow: { ...after.airflow, connections: others } },
        { airflow: { ...before.airflow, connections: before.airflow.connections.filter(({ conn_id: id }) => id !== null) } });
    });
  }
});
