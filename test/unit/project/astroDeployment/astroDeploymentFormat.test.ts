import assert from 'node:assert/strict';
import { astroDeploymentFormat } from '../../../../src/project/astroDeployment/astroDeploymentFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = astroDeploymentFormat();
const json = '{"conn_type":"azure","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}';
const entry = `    - is_secret: false\n      key: AIRFLOW_CONN_AZURE_WI\n      value: '${json}'\n`;

describe('the deployment file of Astro', () => {
  for (const [name, before, after] of [
    ['without any variable', 'deployment:\n  configuration:\n    name: a\n', `deployment:\n  configuration:\n    name: a\n  environment_variables:\n${entry}`],
    ['with an empty list', 'deployment:\n  environment_variables: []\n  configuration:\n    name: a\n', `deployment:\n  environment_variables:\n${entry}  configuration:\n    name: a\n`],
    ['with another value of the variable, whose date stays', 'deployment:\n  environment_variables:\n    - is_secret: false\n      key: AIRFLOW_CONN_AZURE_WI\n      updated_at: "x"\n      value: azure://\n',
      `deployment:\n  environment_variables:\n    - is_secret: false\n      key: AIRFLOW_CONN_AZURE_WI\n      updated_at: "x"\n      value: '${json}'\n`],
  ] as const) {
    it(`takes a connection, ${name}`, () => {
      const edit = editOf(format.planConnection(before, azureConnection()));
      assert.ok(edit);
      assert.equal(applyEdits(before, edit.edits), after);
    });
  }

  it('is refused a connection whose value is a secret of the deployment', () => {
    const plan = format.planConnection('deployment:\n  environment_variables:\n    - is_secret: true\n      key: AIRFLOW_CONN_AZURE_WI\n      value: ""\n', azureConnection());
    assert.ok(plan.kind === 'refused');
    assert.match(plan.message, /stands elsewhere, such as in a secret/);
  });

  it('is not confused with a manifest of Kubernetes', () => {
    const manifest = 'apiVersion: apps/v1\nkind: Deployment\nspec: {}\n';
    assert.deepEqual(contentOf(format, manifest), { connections: [], findings: [] });
    const plan = format.planConnection(manifest, azureConnection());
    assert.ok(plan.kind === 'refused');
    assert.match(plan.message, /no deployment file of Astro/);
  });

  it('is previewed without the values of its other variables that are secrets', () => {
    const plan = format.planConnection('deployment:\n  configuration: {}\n  environment_variables:\n    - key: DB_PASSWORD\n      value: hunter2\n    - key: AIRFLOW_CONN_A\n      value: a://me:hunter3@h\n', azureConnection());
    assert.ok(plan.kind === 'edit');
    assert.doesNotMatch(JSON.stringify(plan.preview), /hunter/);
  });

  for (const [name, value, codes] of [
    ['broken JSON', "'{\"conn_type\":}'", ['json-unreadable']],
    ['a URI that reads otherwise', 'azure_batch://', ['uri-scheme']],
    ['nothing', `'${json}'`, []],
  ] as const) {
    it(`finds ${name}`, () => {
      const text = `deployment:\n  environment_variables:\n    - key: AIRFLOW_CONN_A\n      value: ${value}\n`;
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});
