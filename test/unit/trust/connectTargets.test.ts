import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { environmentChoices, environmentTargetOf } from '../../../src/trust/environmentTarget.ts';
import { apply, chosen, edit, open, project } from './flowSession.ts';
import { IdentityModel } from './identityModel.ts';
import { deployment, identity, strangers } from './trustSamples.ts';

const environment = environmentChoices(deployment);

describe('the places that the flow writes a connection to', () => {
  it('are, for a deployment of Astro, its workspace for itself or for everybody, and for no other deployment', () => {
    assert.deepEqual(environment.map(({ label }) => label), ['Environment Manager of Data Platform, linked to customer-360-prod', 'Environment Manager of Data Platform, for all deployments']);
    const place = { organizationId: 'org', scope: 'workspace', scopeId: 'ws' };
    assert.deepEqual(environment.map(({ uri }) => environmentTargetOf(uri)), [{ place, reach: ['dep'] }, { place, reach: 'all' }]);
    assert.deepEqual(environmentChoices({ ...deployment, sourceId: 'aks' }), []);
    for (const uri of ['', project.uri, 'astro-environment:', 'astro-environment:/org/ws', 'astro-environment:/org/ws/all/more']) {
      assert.equal(environmentTargetOf(uri), undefined, uri);
    }
  });

  for (const [runtimeVersion, isTooOld] of [['9.2.0', true], ['8.11.0', true], ['9.3.0', false], ['13.0.0', false], ['3.1-12', false], [undefined, false]] as const) {
    it(`say of Astro Runtime ${runtimeVersion} ${isTooOld ? 'that it does not read them' : 'nothing'}`, () => {
      assert.equal(/Astro Runtime 9\.3\.0 or newer/.test(environmentChoices({ ...deployment, runtimeVersion })[0]?.reach ?? ''), isTooOld);
    });
  }

  it('are never chosen by themselves where others share them, and forgotten with their deployment', () => {
    const { session, effects, view } = open();
    session.dispatch({ kind: 'deploymentChosen', deployment });
    assert.ok(effects.some(({ kind }) => kind === 'findTargets'));
    session.dispatch({ kind: 'targetsFound', targets: environment });
    assert.equal(session.state.connection.target, '');
    session.dispatch({ kind: 'targetsFound', targets: [project, ...environment] });
    assert.equal(session.state.connection.target, project.uri);
    session.dispatch({ kind: 'setTarget', uri: environment[0]?.uri ?? '' });
    session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: '', tenantName: '', credentials: [] } });
    assert.match(view().connection.form?.targetHint ?? '', /Read by customer-360-prod, before environment variables/);
    session.dispatch({ kind: 'deploymentChosen', deployment: { ...deployment, name: 'customer-360-renamed' } });
    assert.equal(session.state.connection.target, environment[0]?.uri, 'read again it is the same deployment');
    session.dispatch({ kind: 'deploymentChosen', deployment: { ...deployment, id: 'other' } });
    assert.equal(session.state.connection.target, project.uri);
  });

  it('can be written to again when only that failed, and nothing is written twice', async () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'targetsFound', targets: [project, ...environment] });
    flow.session.dispatch({ kind: 'setTarget', uri: environment[0]?.uri ?? '' });
    flow.session.dispatch({ kind: 'connectionPlanned', plan: { ...edit, action: 'add', lines: undefined } });
    assert.equal(flow.view().connection.form?.preview?.title, 'As it will stand in Environment Manager of Data Platform, linked to customer-360-prod');
    await apply(flow, new IdentityModel(strangers(2)), { kind: 'failed', error: new AirflowIdentityError('forbidden', 'The Astro token may not change it.', { fix: 'Use another token.' }) });
    const { title, subtitle, footer, outcome } = flow.view();
    assert.equal(title, 'Connected, except for connection azure_wi');
    assert.match(subtitle, /What failed changed nothing/);
    assert.deepEqual([footer.headline, footer.detail], ['Connection azure_wi not written.', 'The identity trusts the deployment; only the connection is missing.']);
    assert.deepEqual(footer.actions.map(({ label }) => label), ['Retry the connection', 'Back to the plan']);
    assert.deepEqual(outcome?.lines.map(({ text }) => text), ['Created 5 federated credentials', 'Could not write connection azure_wi: The Astro token may not change it. Use another token.']);
    flow.session.dispatch({ kind: 'retryFailed' });
    assert.deepEqual(flow.effects.at(-1), { kind: 'apply', rows: [], access: [], writeConnection: true });
    assert.equal(flow.view().footer.headline, 'Writing the connection.');
    flow.session.dispatch({ kind: 'applied', apply: undefined, connection: { kind: 'written', line: undefined, updated: false }, at: 0 });
    assert.equal(flow.view().title, 'Connected');
    assert.deepEqual(flow.view().outcome?.lines.map(({ text }) => text), ['Added connection azure_wi to Environment Manager of Data Platform, linked to customer-360-prod']);
    assert.match(flow.view().outcome?.next.join(' ') ?? '', /Deployments read the Environment Manager before/);
  });

  it('are looked at again where something else stands there than was shown', async () => {
    const flow = chosen();
    await apply(flow, new IdentityModel(strangers(2)), { kind: 'failed', error: new AirflowIdentityError('fileChanged', 'It was changed meanwhile.') });
    assert.deepEqual(flow.view().footer.actions.map(({ label, style }) => [label, style]), [['Back to the plan', 'primary']]);
  });

  it('have their requirements.txt edited once, and are waited for until the edit is made, whatever was found out before it', () => {
    const { session, effects } = chosen();
    session.dispatch({ kind: 'addProvider' });
    session.dispatch({ kind: 'addProvider' });
    assert.equal(effects.filter(({ kind }) => kind === 'addProvider').length, 1);
    session.dispatch({ kind: 'providerChecked', notice: { message: 'requirements.txt allows the provider only as ==8.1.0.', canAdd: true } });
    assert.equal(session.state.isAddingProvider, true);
    session.dispatch({ kind: 'providerAdded' });
    assert.equal(session.state.isAddingProvider, false);
  });
});
