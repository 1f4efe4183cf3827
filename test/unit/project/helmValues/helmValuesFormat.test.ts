import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { helmValuesFormat } from '../../../../src/project/helmValues/helmValuesFormat.ts';
import { planServiceAccounts } from '../../../../src/project/helmValues/planServiceAccounts.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = helmValuesFormat();
const identity = { clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887' };
const json = `{"conn_type":"azure","extra":{"managed_identity_client_id":"${identity.clientId}","workload_identity_tenant_id":"${identity.tenantId}"}}`;
const annotations = { 'azure.workload.identity/client-id': identity.clientId, 'azure.workload.identity/tenant-id': identity.tenantId };
const label = { 'azure.workload.identity/use': 'true' };

function corpus(name: string): string {
  return readFileSync(new URL(`../corpus/helmValues/${name}`, import.meta.url), 'utf8');
}

describe('values.yaml', () => {
  for (const [name, path] of [['official.yaml', ['env']], ['astronomer.yaml', ['airflow', 'env']], ['community.yaml', ['airflow', 'extraEnv']]] as const) {
    it(`takes a connection where the chart of ${name} wants variables`, () => {
      const text = corpus(name);
      const edit = editOf(format.planConnection(text, azureConnection()));
      assert.ok(edit);
      const values = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], parse(applyEdits(text, edit.edits), { merge: true }));
      assert.deepEqual((values as unknown[]).at(-1), { name: 'AIRFLOW_CONN_AZURE_WI', value: json });
    });
  }

  it('is read without variables that refer to secrets', () => {
    assert.deepEqual(contentOf(format, corpus('community.yaml')).connections.map(({ connection }) => connection.connectionId), ['b']);
    assert.deepEqual(contentOf(format, corpus('official.yaml')).connections.map(({ connection }) => connection.connectionId), ['warehouse', 'vault']);
  });

  it('is refused a connection that comes from a Kubernetes secret', () => {
    for (const [name, connectionId, line] of [['official.yaml', 'secret', 16], ['community.yaml', 'kept_in_a_secret', 4]] as const) {
      const plan = format.planConnection(corpus(name), { ...azureConnection(), connectionId });
      assert.ok(plan.kind === 'refused', JSON.stringify(plan));
      assert.match(plan.message, /stands elsewhere, such as in a secret/);
      assert.equal(plan.line, line);
    }
  });

  it('of other charts is left alone', () => {
    const text = 'image:\n  repository: nginx\nenv: []\n';
    assert.deepEqual(contentOf(format, text), { connections: [], findings: [] });
    assert.equal(format.planConnection(text, azureConnection()).kind, 'refused');
    assert.equal(planServiceAccounts(text, identity).kind, 'refused');
  });

  for (const [name, value, codes] of [['a URI that reads otherwise', 'azure_batch://', ['uri-scheme']], ['nothing', `'${json}'`, []]] as const) {
    it(`finds ${name}`, () => {
      const text = `executor: LocalExecutor\nenv:\n  - name: AIRFLOW_CONN_A\n    value: ${value}\n`;
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});

describe('labels and annotations in values.yaml', () => {
  function planned(text: string): Record<string, unknown> {
    const edit = editOf(planServiceAccounts(text, identity));
    assert.ok(edit);
    const result = applyEdits(text, edit.edits);
    assert.equal(planServiceAccounts(result, identity).kind, 'unchanged');
    assert.ok(new Set(result.match(/\r?\n/g)).isSubsetOf(new Set(text.match(/\r?\n/g))));
    return parse(result, { merge: true }) as Record<string, unknown>;
  }

  it('of the official chart: one label for all pods, and the service account of each component', () => {
    const before = parse(corpus('official.yaml')) as Record<string, object>;
    assert.deepEqual(planned(corpus('official.yaml')), {
      ...before,
      labels: { team: 'data', ...label },
      scheduler: { replicas: 2, serviceAccount: { annotations: { other: 'kept', ...annotations } } },
      workers: { resources: {}, serviceAccount: { annotations } },
      triggerer: { serviceAccount: { annotations } },
      dagProcessor: { serviceAccount: { annotations } },
      apiServer: { serviceAccount: { annotations } },
    });
  });

  it('of the community chart: one service account, and labels of the pods of each component', () => {
    const values = planned(corpus('community.yaml'));
    assert.deepEqual(values['serviceAccount'], { create: true, annotations });
    assert.deepEqual([values['scheduler'], values['web'], values['workers'], values['triggerer']], [{ podLabels: label }, { podLabels: label }, { podLabels: label }, undefined]);
  });

  it('are not written where an anchor would carry them elsewhere', () => {
    const plan = planServiceAccounts(corpus('astronomer.yaml'), identity);
    assert.ok(plan.kind === 'refused');
    assert.match(plan.message, /shared through a YAML anchor/);
  });

  it('of another identity are replaced, in Airflow 2 those of the webserver too', () => {
    const text = 'airflowVersion: 2.11.0\nlabels:\n  azure.workload.identity/use: "true"\nwebserver:\n  serviceAccount:\n    annotations:\n      azure.workload.identity/client-id: "1"\n';
    assert.deepEqual(planned(text)['webserver'], { serviceAccount: { annotations } });
  });

  it('need the ids that Azure gave', () => {
    assert.equal(planServiceAccounts(corpus('official.yaml'), { ...identity, clientId: 'x' }).kind, 'refused');
  });
});
