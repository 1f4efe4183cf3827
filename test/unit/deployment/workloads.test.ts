import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Deployment } from '../../../src/deployment/deployment.ts';
import { credentialNameFor, isAirflow3, parseSubject, subjectOf, workloadsOf } from '../../../src/deployment/workloads.ts';
import { nameProblem } from '../../../src/identity/federatedCredential.ts';
import { deployment, namespace } from '../trust/trustSamples.ts';

/** Title, and how it is offered: `+` ticked, `-` unticked, `?` unticked and unconfirmed. */
function offered(change: Partial<Deployment>): string[] {
  return workloadsOf({ ...deployment, ...change }).map(
    (workload) => `${workload.recommended ? '+' : workload.confirmed ? '-' : '?'} ${workload.title}`,
  );
}

describe('workloads of a deployment', () => {
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

  it('entered by hand are the service accounts that were named', () => {
    const [workload] = workloadsOf({ ...deployment, serviceAccounts: ['dbt.runner'] });
    assert.deepEqual([workload?.serviceAccount, workload?.credentialName, workload?.recommended], ['dbt.runner', `${namespace}-dbt-runner`, true]);
  });

  it('have the service accounts and credential names that Astro uses', () => {
    const byId = new Map(workloadsOf(deployment).map((workload) => [workload.id, workload]));
    assert.equal(byId.get('scheduler')?.serviceAccount, `${namespace}-scheduler-serviceaccount`);
    assert.equal(byId.get('kpo')?.serviceAccount, `${namespace}-kpo`, 'no suffix: astronomer/docs, authorize-deployments-to-your-cloud');
    assert.equal(byId.get('kpo')?.credentialName, `${namespace}-kpo`);
  });

  for (const [runtimeVersion, airflowVersion, expected] of [
    ['9.5.0', undefined, false],
    ['13.0.0', undefined, false],
    ['3.0-1', undefined, true],
    ['3.1-12', undefined, true],
    [undefined, '3.0.2', true],
    ['3.1-12', '2.11.0', false],
    [undefined, undefined, false],
  ] as const) {
    it(`are those of Airflow ${expected ? 3 : 2} for Runtime ${runtimeVersion ?? 'unknown'} and Airflow ${airflowVersion ?? 'unknown'}`, () => {
      assert.equal(isAirflow3({ runtimeVersion, airflowVersion }), expected);
    });
  }

  it('always get a credential name that Azure takes, for any service account of Kubernetes', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?$/);
    fc.assert(fc.property(label, label, (space, account) => { assert.equal(nameProblem(credentialNameFor(space, account)), undefined); }));
  });

  it('have subjects that can be taken apart again', () => {
    assert.deepEqual(parseSubject(subjectOf('ns', 'sa')), { namespace: 'ns', serviceAccount: 'sa' });
    assert.equal(parseSubject('repo:owner/name:ref:refs/heads/main'), undefined);
  });
});
