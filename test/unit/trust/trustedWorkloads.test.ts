import assert from 'node:assert/strict';
import { workloadsOf } from '../../../src/deployment/layouts/layouts.ts';
import { subjectOf } from '../../../src/deployment/workload.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { TrustIndex } from '../../../src/trust/trustedWorkloads.ts';
import { deployment, issuer, namespace } from './trustSamples.ts';

function credential(serviceAccount: string, changes: Partial<FederatedCredential> = {}): FederatedCredential {
  return { name: serviceAccount, issuer, subject: subjectOf(namespace, serviceAccount), audiences: [publicAudience], ...changes };
}

function trustedBy(...credentials: readonly FederatedCredential[]): string {
  const { workloads, trusted } = new TrustIndex([{ identity: 'id-a', credentials }], publicAudience).trustOf(deployment);
  return `${trusted} of ${workloads.length}`;
}

describe('trusted workloads', () => {
  const recommended = workloadsOf(deployment).filter((workload) => workload.recommended).length;

  it('are those whose issuer, subject and audience stand on an identity', () => {
    assert.equal(trustedBy(credential(`${namespace}-scheduler-serviceaccount`), credential(`${namespace}-kpo`)), `2 of ${recommended}`);
  });

  const misses: readonly (readonly [string, Partial<FederatedCredential>])[] = [
    ['an issuer without its slash', { issuer: issuer.slice(0, -1) }],
    ['a subject in other letter case', { subject: subjectOf(namespace, `${namespace.toUpperCase()}-scheduler-serviceaccount`) }],
    ['another audience', { audiences: ['api://AzureADTokenExchangeUSGov'] }],
    ['a flexible credential', { subject: undefined }],
  ];
  for (const [what, changes] of misses) {
    it(`are not found by ${what}`, () => {
      assert.equal(trustedBy(credential(`${namespace}-scheduler-serviceaccount`, changes)), `0 of ${recommended}`);
    });
  }

  it('count a workload nobody needs only when it is trusted', () => {
    assert.equal(trustedBy(credential(`${namespace}-apiserver-serviceaccount`)), `1 of ${recommended + 1}`);
  });

  it('name every identity that trusts them', () => {
    const credentials = [credential(`${namespace}-kpo`)];
    const index = new TrustIndex([{ identity: 'id-a', credentials }, { identity: 'id-b', credentials }, { identity: 'id-c', credentials: undefined }], publicAudience);
    const kpo = index.trustOf(deployment).workloads.find(({ workload }) => workload.id === 'kpo');
    assert.deepEqual(kpo?.holders.map(({ identity }) => identity), ['id-a', 'id-b']);
  });

  it('are told by identity, with what each misses, those that trust most first', () => {
    const dr = 'https://eastus.oic.prod-aks.azure.com/a/c/';
    const index = new TrustIndex([
      { identity: 'none', credentials: [credential(`${namespace}-kpo`, { issuer: 'https://elsewhere/' })] },
      { identity: 'recovery', credentials: [credential(`${namespace}-kpo`, { issuer: dr })] },
      { identity: 'some', credentials: [credential(`${namespace}-kpo`), credential(`${namespace}-worker-serviceaccount`)] },
      { identity: 'own account only', credentials: [credential('dbt')] },
      { identity: 'other audience', credentials: [credential(`${namespace}-kpo`, { audiences: ['api://AzureADTokenExchangeUSGov'] })] },
      { identity: 'unread', credentials: undefined },
    ], publicAudience);
    const found = index.identitiesTrusting({ ...deployment, drIssuer: dr });
    assert.deepEqual(found.map(({ identity, trusted, workloads }) => [identity, trusted, workloads]), [['some', 2, 5], ['recovery', 0, 5], ['own account only', 0, 5]]);
    assert.deepEqual(found[0]?.missing, ['Scheduler', 'DAG processor', 'Triggerer']);
  });

  it('are none without an issuer', () => {
    const index = new TrustIndex([{ identity: 'id-a', credentials: [credential(`${namespace}-kpo`)] }], publicAudience);
    assert.equal(index.trustOf({ ...deployment, issuer: undefined }).trusted, 0);
  });

  it('are all known only when the credentials of every identity are', () => {
    const listed = { identity: 'id-a', credentials: [] };
    const cases = [[[], false], [[listed], true], [[listed, { identity: 'id-b', credentials: undefined }], false]] as const;
    assert.deepEqual(cases.map(([known]) => new TrustIndex<string>(known, publicAudience).isComplete), cases.map(([, expected]) => expected));
  });
});
