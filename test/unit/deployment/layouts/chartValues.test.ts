import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { layoutOfValues } from '../../../../src/deployment/layouts/chartValues.ts';
import type { ValuesLayout } from '../../../../src/deployment/layouts/chartValues.ts';
import { offered } from './offered.ts';

function read(text: string): ValuesLayout {
  const found = layoutOfValues(parse(text), 'prod');
  assert.ok(found);
  return found;
}

describe('values.yaml', () => {
  it('of the official chart gives names, switches and the version', () => {
    const { layout, airflowVersion } = read(`
airflowVersion: "3.1.3"
executor: CeleryExecutor
fullnameOverride: data
scheduler:
  serviceAccount: { create: false, name: shared }
workers:
  serviceAccount: { create: false }
triggerer: { enabled: false }
`);
    assert.equal(airflowVersion, '3.1.3');
    assert.deepEqual(offered({ layout, airflowVersion }, 'serviceAccount'), ['+ shared', '+ data-dag-processor', '- data-triggerer', '+ default', '+ data-api-server']);
  });

  it('of the official chart may give workers an account for each executor', () => {
    const { layout } = read(`
workers:
  useWorkerDedicatedServiceAccounts: true
  kubernetes: { serviceAccount: { name: pods } }
`);
    assert.deepEqual(offered({ layout }, 'serviceAccount').slice(3, 5), ['+ prod-airflow-worker-celery', '+ pods']);
  });

  it('takes the version from the image where nothing else says it', () => {
    assert.equal(read('images: { airflow: { repository: contoso/airflow, tag: 2.10.5-python3.12 } }').airflowVersion, '2.10.5');
    assert.equal(read('executor: KubernetesExecutor').airflowVersion, undefined);
  });

  it('of Astronomer\'s chart holds the official one below airflow', () => {
    const { layout } = read('airflow: { fullnameOverride: cosmic, workers: { replicas: 2 } }\nloggingSidecar: { enabled: true }');
    assert.deepEqual(layout, { kind: 'astronomerChart', release: 'prod', fullnameOverride: 'cosmic' });
  });

  it('of the community chart has one account', () => {
    assert.deepEqual(read('airflow: { image: { tag: 2.8.4-python3.9 }, executor: CeleryExecutor }'), { layout: { kind: 'communityChart', release: 'prod' }, airflowVersion: '2.8.4' });
    assert.deepEqual(read('airflow: { config: {} }\nserviceAccount: { create: true, name: etl }').layout, { kind: 'communityChart', release: 'prod', serviceAccount: 'etl' });
    assert.deepEqual(read('airflow: { config: {} }\nserviceAccount: { create: false }').layout, { kind: 'communityChart', release: 'prod', serviceAccount: 'default' });
  });

  it('of something else is none of Airflow', () => {
    for (const text of ['replicaCount: 2\nimage: { tag: 1.0.0 }', '', '- 1', 'text', 'airflow: true']) {
      assert.equal(layoutOfValues(parse(text), 'prod'), undefined, text);
    }
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(fc.property(fc.anything(), (values) => { layoutOfValues(values, 'prod'); }));
    const keys = fc.constantFrom('airflow', 'scheduler', 'workers', 'serviceAccount', 'name', 'create', 'enabled', 'images', 'tag');
    fc.assert(fc.property(fc.dictionary(keys, fc.dictionary(keys, fc.anything())), (values) => { layoutOfValues(values, 'prod'); }));
  });
});
