import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dockerComposeFormat } from '../../../../src/project/dockerCompose/dockerComposeFormat.ts';
import { applyEdits } from '../../../../src/project/textEdit.ts';
import { azureConnection } from '../../connection/sampleConnection.ts';
import { checkFixes, codesIn, contentOf, editOf } from '../formatChecks.ts';

const format = dockerComposeFormat();
const json = '{"conn_type":"azure","extra":{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","workload_identity_tenant_id":"2f6d8a31-90bc-4e57-a1d2-3c4b5a697887"}}';

function corpus(name: string): string {
  return readFileSync(new URL(`../corpus/dockerCompose/${name}`, import.meta.url), 'utf8');
}

function written(text: string): string {
  const plan = format.planConnection(text, azureConnection());
  const edit = editOf(plan);
  assert.ok(edit, JSON.stringify(plan));
  return applyEdits(text, edit.edits);
}

describe('docker-compose.yaml', () => {
  it('takes a connection into the variables that all services of Airflow\'s own file share', () => {
    const text = corpus('airflow.yaml');
    const result = written(text);
    assert.equal(result, text.replace('_REQUIREMENTS:-}\n', `_REQUIREMENTS:-}\n    AIRFLOW_CONN_AZURE_WI: '${json}'\n`));
    const { services } = parse(result, { merge: true }) as { services: Record<string, { environment: Record<string, string> }> };
    assert.deepEqual(Object.entries(services).map(([name, { environment }]) => [name, environment['AIRFLOW_CONN_AZURE_WI']]), [['postgres', undefined], ['airflow-apiserver', json], ['airflow-init', json]]);
  });

  it('takes it into every service of Airflow where they share nothing, in the form each has', () => {
    const result = written(corpus('lists.yml'));
    assert.ok(result.includes(`      - 'AIRFLOW_CONN_AZURE_WI=${json}'\n  webserver:`));
    assert.ok(result.includes(`A: 1, AIRFLOW_CONN_AZURE_WI: '${json}'}`));
    assert.ok(result.includes(`astro-runtime:12.1.0\n    environment:\n      AIRFLOW_CONN_AZURE_WI: '${json}'\n  db:`));
  });

  it('changes a connection in all services at once', () => {
    const text = 'services:\n  scheduler:\n    environment:\n      AIRFLOW_CONN_AZURE_WI: azure://\n  worker:\n    environment:\n      - AIRFLOW_CONN_AZURE_WI=http://\n';
    assert.equal(written(text), `services:\n  scheduler:\n    environment:\n      AIRFLOW_CONN_AZURE_WI: '${json}'\n  worker:\n    environment:\n      - 'AIRFLOW_CONN_AZURE_WI=${json}'\n`);
  });

  it('is read with $$ as one dollar sign, and without the variables of other services', () => {
    const { connections } = contentOf(format, 'services:\n  scheduler:\n    environment:\n      AIRFLOW_CONN_A: postgres://me:p$$w@db\n  db:\n    image: postgres\n    environment:\n      AIRFLOW_CONN_B: http://h\n');
    assert.deepEqual(connections.map(({ connection: { connectionId, password } }) => [connectionId, password]), [['a', 'p$w']]);
  });

  it('is refused where no service runs Airflow', () => {
    const plan = format.planConnection('services:\n  airflow-db:\n    image: postgres:16\n', azureConnection());
    assert.ok(plan.kind === 'refused');
    assert.match(plan.message, /no service that runs Airflow/);
  });

  it('is previewed without secrets', () => {
    const plan = format.planConnection('services:\n  scheduler:\n    environment:\n      DB_PASSWORD: hunter1\n      AIRFLOW_CONN_AZURE_WI: \'{"conn_type": "azure", "password": "hunter2"}\'\n      X: a://me:hunter3@h\n', azureConnection());
    assert.ok(plan.kind === 'differs');
    assert.doesNotMatch(JSON.stringify([plan.existing, plan.wanted, plan.overwrite.preview]), /hunter/);
  });

  for (const [name, environments, codes] of [
    ['other values in another service', ['AIRFLOW_CONN_A: a://h', 'AIRFLOW_CONN_A: a://g'], ['services-differ', 'services-differ']],
    ['a URI that reads otherwise', ['AIRFLOW_CONN_A: azure_batch://?p=$$x', 'B: 1'], ['uri-scheme']],
    ['nothing', ['AIRFLOW_CONN_A: a://h', 'AIRFLOW_CONN_A: a://h'], []],
  ] as const) {
    it(`finds ${name}`, () => {
      const text = `services:\n${environments.map((line, index) => `  worker${index}:\n    environment:\n      ${line}\n`).join('')}`;
      assert.deepEqual(codesIn(format, text), codes);
      checkFixes(format, text);
    });
  }
});
