import assert from 'node:assert/strict';
import * as v from 'valibot';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import { planOf } from '../../../src/trust/connectPlan.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import { connectViewSchema } from '../../../src/trust/connectView.ts';
import type { ConnectView } from '../../../src/trust/connectView.ts';
import { groupCredentials } from '../../../src/trust/details/credentialFindings.ts';
import { rowsToWrite } from '../../../src/trust/plan.ts';
import { restoreConnect, saveConnect } from '../../../src/trust/savedConnect.ts';
import { looksUnused, servedWorkloads } from '../../../src/trust/servedWorkloads.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { deployment, identity, issuer, namespace, strangers } from './trustSamples.ts';

const drIssuer = 'https://eastus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/99999999-92a3-44b5-86c7-d8e9fa0b1c2d/';
const prepared = { ...deployment, drIssuer };

function flow(held = strangers(2)): { readonly session: ConnectSession; readonly view: () => ConnectView; readonly written: () => string[] } {
  const session = new ConnectSession(() => undefined, emptyConnect(publicAudience));
  session.dispatch({ kind: 'deploymentChosen', deployment: prepared });
  session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 's', tenantName: 't', credentials: held } });
  const written = (): string[] => {
    const plan = planOf(session.state);
    assert.ok(plan);
    return rowsToWrite(plan).map(({ wanted }) => `${wanted.name} ${wanted.issuer === drIssuer ? 'recovery' : wanted.issuer === issuer ? 'own' : wanted.issuer}`);
  };
  return { session, view: () => v.parse(connectViewSchema, connectViewOf(session.state)), written };
}

const workloads = ['scheduler', 'dag-processor', 'triggerer', 'worker', 'kpo'].map((id) => `${namespace}-${id}`);

describe('a deployment prepared for a disaster', () => {
  it('is trusted on its own cluster alone until the user wants both', () => {
    const { view, written } = flow();
    assert.deepEqual(written(), workloads.map((name) => `${name} own`));
    const notice = view().deployment.notices.find(({ text }) => text.startsWith('In a disaster'));
    assert.deepEqual(notice?.actions.map(({ label, event }) => [label, event]), [['Trust it as well', { kind: 'trustRecovery', on: true }]]);
    assert.ok(view().deployment.facts.some(({ label, value }) => label === 'Issuer for disaster recovery' && value === drIssuer));
  });

  it('then has credentials for both issuers whose names do not clash, counted against the limit', () => {
    const { session, view, written } = flow(strangers(12));
    session.dispatch({ kind: 'trustRecovery', on: true });
    assert.deepEqual(written(), [...workloads.map((name) => `${name} own`), ...workloads.map((name) => `${name}-dr recovery`)]);
    assert.equal(planOf(session.state)?.fits, false, '12 and 10 are more than 20');
    assert.ok(view().credentials.rows.some(({ title }) => title === 'Worker, disaster recovery'));
    session.dispatch({ kind: 'trustRecovery', on: false });
    assert.equal(planOf(session.state)?.fits, true);
  });

  it('is trusted on both where the identity trusts a part of the other cluster already', () => {
    const held: FederatedCredential = { name: 'kpo-elsewhere', issuer: drIssuer, subject: `system:serviceaccount:${namespace}:${namespace}-kpo`, audiences: [publicAudience] };
    const { session, written } = flow([held]);
    assert.deepEqual(written().filter((name) => name.endsWith('recovery')), workloads.slice(0, 4).map((name) => `${name}-dr recovery`));
    session.dispatch({ kind: 'trustRecovery', on: false });
    session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 's', tenantName: 't', credentials: [held] } });
    assert.ok(written().every((name) => name.endsWith('own')), 'left out, it stays so when the identity is read again');
  });

  it('gets a service account that is added later on both', () => {
    const { session, written } = flow();
    session.dispatch({ kind: 'trustRecovery', on: true });
    session.dispatch({ kind: 'serviceAccountNamed', serviceAccount: 'dbt' });
    assert.deepEqual(written().slice(-2), [`${namespace}-dbt own`, `${namespace}-dbt-dr recovery`]);
  });

  it('keeps the choice over a reload, unless the deployment has no such cluster any more', () => {
    const { session } = flow();
    session.dispatch({ kind: 'trustRecovery', on: true });
    const restored = new ConnectSession(() => undefined, restoreConnect(JSON.parse(JSON.stringify(saveConnect(session.state))), publicAudience).state);
    assert.deepEqual(restored.state.rows, session.state.rows);
    restored.dispatch({ kind: 'deploymentChosen', deployment });
    assert.ok(restored.state.rows.every(({ recovery }) => !recovery));
  });

  it('uses the credentials for the other cluster, so they are never called unused or foreign', () => {
    const credential: FederatedCredential = { name: 'dr', issuer: drIssuer, subject: `system:serviceaccount:${namespace}:${namespace}-kpo`, audiences: [publicAudience] };
    assert.deepEqual(servedWorkloads(credential, [prepared], publicAudience).map(({ title }) => title), ['KubernetesPodOperator']);
    assert.equal(looksUnused({ ...credential, subject: 'system:serviceaccount:other:x' }, [prepared]), false);
    const [group] = groupCredentials([credential], { deployments: [prepared], areAll: true }, publicAudience);
    assert.equal(group?.credentials[0]?.finding.kind, 'inOrder');
  });
});
