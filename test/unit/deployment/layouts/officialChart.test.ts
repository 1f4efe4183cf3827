import assert from 'node:assert/strict';
import { workloadsOf } from '../../../../src/deployment/layouts/layouts.ts';
import { deployment } from '../../trust/trustSamples.ts';
import { offered } from './offered.ts';

const release = { kind: 'officialChart', release: 'prod' } as const;

describe('workloads of the official chart', () => {
  it('of Airflow 3 have the API server, of Airflow 2 the webserver, and pods of the KubernetesPodOperator the account of the namespace', () => {
    assert.deepEqual(offered({ layout: release }, 'serviceAccount'), [
      '+ prod-airflow-scheduler', '+ prod-airflow-dag-processor', '+ prod-airflow-triggerer', '+ prod-airflow-worker', '+ prod-airflow-api-server', '- default',
    ]);
    assert.deepEqual(offered({ layout: release, airflowVersion: '2.11.0' }, 'serviceAccount'), [
      '+ prod-airflow-scheduler', '- prod-airflow-dag-processor', '+ prod-airflow-triggerer', '+ prod-airflow-worker', '+ prod-airflow-webserver', '- default',
    ]);
  });

  it('offer both where the version is not known, unticked', () => {
    const rows = offered({ layout: release, airflowVersion: undefined, runtimeVersion: undefined });
    assert.deepEqual(rows.filter((row) => /server/.test(row)), ['- API server', '- Webserver']);
  });

  // apache/airflow chart/templates/_helpers.yaml, airflow.fullname
  for (const [layout, scheduler] of [
    [{ release: 'airflow' }, 'airflow-scheduler'],
    [{ release: 'my-airflow-prod' }, 'my-airflow-prod-scheduler'],
    [{ release: 'prod' }, 'prod-airflow-scheduler'],
    [{ release: 'prod', nameOverride: 'etl' }, 'prod-etl-scheduler'],
    [{ release: 'etl-prod', nameOverride: 'etl' }, 'etl-prod-scheduler'],
    [{ release: 'prod', fullnameOverride: 'data' }, 'data-scheduler'],
    [{ release: `airflow-${'x'.repeat(54)}-tail` }, `airflow-${'x'.repeat(54)}-scheduler`],
  ] as const) {
    it(`are named ${scheduler} for ${JSON.stringify(layout)}`, () => {
      assert.equal(workloadsOf({ ...deployment, layout: { kind: 'officialChart', ...layout } })[0]?.serviceAccount, scheduler);
    });
  }

  it('take the names that values.yaml gives, and leave out what it switches off', () => {
    const layout = { ...release, serviceAccounts: { worker: 'etl-runner' }, disabled: ['triggerer'] };
    assert.deepEqual(offered({ layout }, 'serviceAccount').slice(2, 4), ['- prod-airflow-triggerer', '+ etl-runner']);
  });

  it('of dedicated workers are two', () => {
    assert.deepEqual(offered({ layout: { ...release, dedicatedWorkers: true } }, 'serviceAccount').slice(3, 5), ['+ prod-airflow-worker-celery', '+ prod-airflow-worker-kubernetes']);
  });

  it('that share an account are one, since an identity holds each subject once', () => {
    const shared = Object.fromEntries(['scheduler', 'dag-processor', 'triggerer', 'worker', 'api-server'].map((component) => [component, 'default']));
    assert.deepEqual(offered({ layout: { ...release, serviceAccounts: shared } }), ['+ Scheduler, DAG processor, Triggerer, Worker, API server, KubernetesPodOperator']);
  });
});
