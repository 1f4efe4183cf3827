import assert from 'node:assert/strict';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { groupCredentials } from '../../../src/trust/details/credentialFindings.ts';
import type { CredentialFinding } from '../../../src/trust/details/credentialFindings.ts';
import { credential, credentials, marketing, otherIssuer, subject } from './detailsSamples.ts';
import { deployment, issuer, namespace } from './trustSamples.ts';

const known = { deployments: [deployment, marketing], areAll: true };

/** What one credential does. */
function findingOf(held: FederatedCredential, among = known): CredentialFinding {
  const [group] = groupCredentials([held], among, publicAudience);
  assert.ok(group?.credentials[0]);
  return group.credentials[0].finding;
}

describe('the credentials of an identity by deployment', () => {
  it('stand by the name of the deployment that each was made for, those of none last', () => {
    const groups = groupCredentials(credentials, known, publicAudience);
    assert.deepEqual(
      groups.map((group) => [group.deployment?.name, group.trusted, group.workloads, group.credentials.map(({ finding }) => finding.kind)]),
      [
        ['customer-360-prod', 1, 5, ['inOrder', 'otherAudience', 'otherIssuer']],
        ['marketing-attribution', 3, 3, ['inOrder', 'inOrder', 'inOrder']],
        [undefined, 0, 0, ['flexible', 'unused']],
      ],
    );
    assert.deepEqual(groups[0]?.missing, ['DAG processor', 'Triggerer', 'Worker', 'KubernetesPodOperator']);
  });

  it('are in order for a service account of the user as for a preset', () => {
    assert.equal(findingOf(credential('dbt', `system:serviceaccount:${namespace}:dbt-runner`)).kind, 'inOrder');
    assert.equal(findingOf(credential('scheduler', subject('scheduler'))).kind, 'inOrder');
  });

  it('help nobody where one value is another than the deployment has, and say which is needed', () => {
    assert.deepEqual(findingOf(credential('worker', subject('worker'), { issuer: otherIssuer })), { kind: 'otherIssuer', what: 'issuer', needed: issuer });
    assert.deepEqual(findingOf(credential('worker', subject('worker'), { issuer: issuer.slice(0, -1) })), { kind: 'trailingSlash', what: 'issuer', needed: issuer });
    assert.deepEqual(findingOf(credential('worker', subject('worker'), { audiences: ['api://other'] })), { kind: 'otherAudience', what: 'audience', needed: publicAudience });
    assert.deepEqual(findingOf(credential('worker', subject('Worker'))), { kind: 'letterCase', what: 'subject', needed: subject('worker') });
    assert.deepEqual(
      findingOf(credential('dbt', `system:serviceaccount:${namespace}:DBT-runner`)),
      { kind: 'letterCase', what: 'subject', needed: `system:serviceaccount:${namespace}:dbt-runner` },
    );
  });

  it('are called unused only when every deployment was listed', () => {
    const stranger = credential('stranger', subject('worker', 'stellar-orbit-3310'), { issuer: otherIssuer });
    assert.equal(findingOf(stranger).kind, 'unused');
    assert.equal(findingOf(stranger, { ...known, areAll: false }).kind, 'unknownIssuer');
  });

  it('are not called unused where a known cluster has their issuer', () => {
    assert.equal(findingOf(credential('gone', subject('worker', 'stellar-orbit-3310'))).kind, 'unknownNamespace');
  });

  it('of other workloads than Airflow are left to them', () => {
    assert.equal(findingOf(credential('github', 'repo:contoso/etl:ref:refs/heads/main', { issuer: 'https://token.actions.githubusercontent.com' })).kind, 'notAirflow');
  });

  it('belong to the deployment that fits best where several have a namespace of this name', () => {
    const twin = { ...deployment, id: 'twin', name: 'a-twin', issuer: otherIssuer };
    const [group] = groupCredentials([credential('worker', subject('worker'))], { deployments: [twin, deployment], areAll: true }, publicAudience);
    assert.equal(group?.deployment?.name, 'customer-360-prod');
  });

  it('wait for an issuer that the deployment has not got yet', () => {
    assert.equal(findingOf(credential('worker', subject('worker')), { deployments: [{ ...deployment, issuer: undefined }], areAll: true }).kind, 'noIssuer');
  });
});
