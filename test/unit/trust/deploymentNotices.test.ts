import assert from 'node:assert/strict';
import type { Deployment } from '../../../src/deployment/deployment.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { Effect } from '../../../src/trust/connectState.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { deployment } from './trustSamples.ts';

function notices(change: Partial<Deployment>): { readonly texts: readonly string[]; readonly session: ConnectSession; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  const session = new ConnectSession((effect) => { effects.push(effect); }, emptyConnect(publicAudience));
  session.dispatch({ kind: 'deploymentChosen', deployment: { ...deployment, ...change } });
  return { texts: connectViewOf(session.state).deployment.notices.map(({ text }) => text), session, effects };
}

describe('what the form says of a deployment', () => {
  const obstacle = { text: 'Workload identity is off in the cluster.', command: 'az aks update' };

  it('names what its cluster lacks, with the command that mends it', () => {
    const { texts, session, effects } = notices({ obstacle });
    assert.deepEqual(texts, [obstacle.text]);
    session.dispatch({ kind: 'copy', what: 'deploymentFix' });
    assert.deepEqual(effects.at(-1), { kind: 'copyText', text: 'az aks update' });
  });

  it('does not promise that Astro will assign an issuer to a cluster of AKS', () => {
    assert.deepEqual(notices({ obstacle, issuer: undefined }).texts, [obstacle.text]);
    assert.match(notices({ issuer: undefined }).texts.join(), /Astro assigns one/);
  });

  it('says what running outside Azure means, on Astro and elsewhere', () => {
    assert.match(notices({ cloudProvider: 'AWS' }).texts.join(), /runs on AWS\. Astro documents/);
    assert.match(notices({ cloudProvider: 'GCP', layout: { kind: 'communityChart', release: 'airflow' } }).texts.join(), /runs on GCP\. Its pods get a token to exchange once the webhook/);
    assert.deepEqual(notices({}).texts, []);
  });
});
