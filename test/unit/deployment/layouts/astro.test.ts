import assert from 'node:assert/strict';
import { workloadsOf } from '../../../../src/deployment/layouts/layouts.ts';
import { deployment, namespace } from '../../trust/trustSamples.ts';
import { offered } from './offered.ts';

describe('workloads of a deployment on Astro', () => {
  it('of Airflow 3 are those that Astro documents, and the API server unconfirmed', () => {
    assert.deepEqual(offered({}), ['+ Scheduler', '+ DAG processor', '+ Triggerer', '+ Worker', '+ KubernetesPodOperator', '? API server']);
  });

  it('of Airflow 2 hold a webserver, and a DAG processor only if wanted', () => {
    assert.deepEqual(offered({ runtimeVersion: '9.5.0', airflowVersion: '2.7.3' }), [
      '+ Scheduler', '+ Triggerer', '+ Worker', '+ Webserver', '+ KubernetesPodOperator', '- DAG processor',
    ]);
  });

  it('of a remote-execution deployment are those that stay with Astro', () => {
    assert.deepEqual(offered({ remoteExecution: true }), ['? API server', '+ Scheduler']);
  });

  it('have the service accounts and credential names that Astro uses', () => {
    const byId = new Map(workloadsOf(deployment).map((workload) => [workload.id, workload]));
    assert.equal(byId.get('scheduler')?.serviceAccount, `${namespace}-scheduler-serviceaccount`);
    assert.equal(byId.get('kpo')?.serviceAccount, `${namespace}-kpo`, 'no suffix: astronomer/docs, authorize-deployments-to-your-cloud');
    assert.equal(byId.get('kpo')?.credentialName, `${namespace}-kpo`);
  });
});
