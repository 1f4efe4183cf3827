import assert from 'node:assert/strict';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { connectionOf } from '../../../src/trust/connectionRequest.ts';
import { restoreConnect, saveConnect } from '../../../src/trust/savedConnect.ts';
import { apply, chosen, edit, open, project } from './flowSession.ts';
import { IdentityModel, refused } from './identityModel.ts';
import { deployment, identity, issuer, standing, strangers } from './trustSamples.ts';

describe('the flow', () => {
  it('begins with the one next step and nothing to connect', () => {
    const { view } = open();
    assert.equal(view().phase, 'empty');
    assert.equal(view().footer.headline, 'Nothing planned yet.');
    assert.equal(view().footer.actions[0]?.disabled, true);
  });

  it('takes the subscription of the identity that is chosen last, but never in the place of what the user typed', () => {
    const { session } = chosen();
    const choose = (subscriptionId: string): void => {
      const other = { ...identity, name: 'id-other', subscriptionId };
      session.dispatch({ kind: 'identityLoading', ref: other });
      session.dispatch({ kind: 'identityRead', chosen: { identity: other, subscriptionName: 'Other', tenantName: 'contoso.example', credentials: [] } });
    };
    choose('c0ffee01-1234-4a5b-8c6d-7e8f90a1b2c3');
    assert.equal(connectionOf(session.state)?.values['subscriptionId'], 'c0ffee01-1234-4a5b-8c6d-7e8f90a1b2c3');
    session.dispatch({ kind: 'setConnectionField', field: 'subscriptionId', value: 'c0ffee02-1234-4a5b-8c6d-7e8f90a1b2c3' });
    choose('c0ffee03-1234-4a5b-8c6d-7e8f90a1b2c3');
    assert.equal(connectionOf(session.state)?.values['subscriptionId'], 'c0ffee02-1234-4a5b-8c6d-7e8f90a1b2c3');
  });

  it('says exactly what will be before anything is written', () => {
    const { view, row } = chosen([...strangers(1), standing('scheduler', { name: 'astro-scheduler' }), standing('worker', { issuer: 'https://old/' })]);
    assert.equal(view().footer.headline, 'Creates 3 federated credentials, adds 1 connection.');
    assert.equal(view().footer.detail, 'Leaves out Worker (replacement), API server (unconfirmed).');
    assert.deepEqual([row('Scheduler').statusText, row('Scheduler').credentialName, row('Scheduler').locked], ['Already trusted', 'astro-scheduler', true]);
    assert.deepEqual(row('Worker').changes, [{ label: 'Issuer', before: 'https://old/', after: issuer }]);
    assert.deepEqual([row('API server').statusText, row('API server').ticked, row('API server').serviceAccountEditable], ['Unconfirmed', false, true]);
    const quota = view().identity.facts.find((fact) => fact.quota !== undefined)?.quota;
    assert.deepEqual(quota, { used: 3, planned: 3, limit: 20, text: '3 of 20 used, 6 after' });
    assert.equal(view().connection.form?.preview?.title, 'Preview of airflow_settings.yaml, lines 9 to 18');
  });

  it('follows ticks, names, service accounts and rows that the user adds or takes away', () => {
    const { session, row, view } = chosen();
    session.dispatch({ kind: 'tick', rowId: 'worker', ticked: false });
    assert.match(view().footer.detail, /^Leaves out Worker, API server \(unconfirmed\)/);
    session.dispatch({ kind: 'rename', rowId: 'kpo', name: 'a b' });
    assert.equal(row('KubernetesPodOperator').status, 'conflict');
    assert.match(row('KubernetesPodOperator').nameProblem ?? '', /3 to 120/);
    session.dispatch({ kind: 'serviceAccountNamed', serviceAccount: 'dbt-runner' });
    assert.equal(row('dbt-runner').credentialName, 'weightless-diameter-8927-dbt-runner');
    session.dispatch({ kind: 'setServiceAccount', rowId: 'added:dbt-runner', serviceAccount: 'spark-driver' });
    assert.equal(row('spark-driver').credentialName, 'weightless-diameter-8927-spark-driver', 'a name nobody touched follows');
    session.dispatch({ kind: 'removeRow', rowId: 'added:dbt-runner' });
    assert.ok(!view().credentials.rows.some(({ title }) => title === 'spark-driver'));
    session.dispatch({ kind: 'removeRow', rowId: 'worker' });
    assert.equal(row('Worker').title, 'Worker', 'a workload of the deployment stays');
  });

  it('leads out of a conflict by replacing the credential that holds the pair, which still must be ticked', () => {
    const { session, row } = chosen([standing('worker', { name: 'ge-2024', audiences: ['api://AzureADTokenExchangeUSGov'] })]);
    const [wayOut] = row('Worker').actions;
    assert.equal(wayOut?.label, 'Replace ge-2024 instead');
    session.dispatch(wayOut.event);
    assert.deepEqual([row('Worker').statusText, row('Worker').ticked], ['Replace', false]);
    session.dispatch({ kind: 'tick', rowId: 'worker', ticked: true });
    assert.equal(row('Worker').ticked, true);
  });

  it('stops where 19 are in use and 5 are wanted, and says what to do', () => {
    const { view, session, effects } = chosen(strangers(19));
    assert.deepEqual(effects.filter(({ kind }) => kind === 'listIssuers').length, 1, 'deployments are listed once, now that it matters');
    assert.match(view().footer.detail, /^An identity holds at most 20 federated credentials, and 19 stand there now\.$/, 'nothing is called unused on a guess');
    session.dispatch({ kind: 'issuersKnown', issuers: [issuer] });
    assert.equal(view().footer.headline, '24 of 20 needed: untick 4 or choose another identity.');
    assert.match(view().footer.detail, /No known deployment has the issuer of stranger-0, stranger-1, stranger-2 and 16 more/);
    assert.equal(view().footer.actions[0]?.disabled, true);
  });

  it('warns with both values when the discovery document names another issuer', () => {
    const { session, view } = chosen();
    session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'differs', found: issuer.slice(0, -1) } });
    assert.match(view().deployment.notices.map(({ text }) => text).join(), new RegExp(`another issuer: ${issuer.slice(0, -1)} instead of ${issuer}\\.`));
    assert.notEqual(view().footer.actions[0]?.disabled, true, 'a warning, no wall');
  });

  it('ignores the check of an issuer that is no longer chosen', () => {
    const { session, view } = chosen();
    session.dispatch({ kind: 'issuerChecked', issuer: 'https://other/', check: { kind: 'differs', found: 'x' } });
    assert.deepEqual(view().deployment.notices, []);
  });

  it('cannot go on with a deployment that has no issuer, and says why', () => {
    const { session, view } = chosen();
    session.dispatch({ kind: 'deploymentChosen', deployment: { ...deployment, id: 'new', namespace: 'n', issuer: undefined } });
    assert.match(view().deployment.notices[0]?.text ?? '', /has no issuer yet/);
    assert.equal(view().footer.headline, 'Nothing to do: no workload is ticked that is not trusted already.');
    assert.equal(view().footer.actions[0]?.disabled, true, 'a connection that nothing could use would look like success');
    assert.ok(view().credentials.rows.every(({ status }) => status === 'conflict'));
  });

  it('shows each row while applying, and what was done afterwards', async () => {
    const flow = chosen();
    const seen: string[] = [];
    flow.session.onDidChange(() => { seen.push(flow.view().footer.headline); });
    await apply(flow, new IdentityModel(strangers(2)));
    assert.ok(seen.includes('2 of 5 federated credentials written.'));
    assert.equal(flow.view().title, 'Connected');
    assert.deepEqual(flow.view().outcome?.lines.map(({ text }) => text), ['Created 5 federated credentials', 'Added connection azure_wi to etl-pipelines/airflow_settings.yaml, line 10']);
    assert.equal(flow.row('Worker').statusText, 'Created');
    assert.equal(flow.row('API server').statusText, 'Left out');
    flow.session.dispatch({ kind: 'review' });
    assert.equal(flow.row('Worker').statusText, 'Already trusted');
  });

  it('keeps what was written when one row fails, and retries only that one', async () => {
    const flow = chosen();
    const model = new IdentityModel(strangers(2));
    model.refusals.push(undefined, refused('forbidden', 'AuthorizationFailed', 'You may not write federated credentials here.'));
    await apply(flow, model);
    assert.equal(flow.view().title, 'Connected, except for DAG processor');
    assert.equal(flow.row('DAG processor').reasons[0], 'You may not write federated credentials here. This credential was not written. Everything else stands.');
    const count = model.writes.length;
    flow.session.dispatch({ kind: 'retryFailed' });
    const effect = flow.effects.at(-1);
    assert.ok(effect?.kind === 'apply');
    assert.deepEqual(effect.rows.map(({ rowId }) => rowId), ['dag-processor']);
    assert.equal(model.writes.length, count);
  });

  it('offers what a missing right kept from being written as commands for somebody who has it, and only that', async () => {
    const flow = chosen();
    const model = new IdentityModel(strangers(2));
    model.refusals.push(undefined, refused('forbidden', 'AuthorizationFailed', 'You may not write federated credentials here.'));
    await apply(flow, model);
    assert.ok(flow.view().footer.actions.some(({ event }) => event.kind === 'copyScript'));
    flow.session.dispatch({ kind: 'copyScript' });
    const effect = flow.effects.at(-1);
    assert.ok(effect?.kind === 'copyText');
    assert.deepEqual(effect.text.match(/federated-credential create/g)?.length, 1);
    assert.match(effect.text, /dag-processor/);
  });

  it('leaves the form as it was when the identity cannot be read before the first write', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'tick', rowId: 'worker', ticked: false });
    flow.session.dispatch({ kind: 'apply' });
    flow.session.dispatch({ kind: 'applyFailed', error: new AirflowIdentityError('notFound', 'The identity is gone.', { fix: 'Choose another identity.' }) });
    assert.equal(flow.view().phase, 'review');
    assert.equal(flow.view().notices[0]?.text, 'The identity is gone. Choose another identity.');
    assert.equal(flow.row('Worker').ticked, false);
  });

  it('leads to the page of the chosen identity', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'showIdentity' });
    assert.deepEqual(flow.effects.at(-1), { kind: 'showIdentity', identity });
  });

  it('takes no edits while it writes', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'apply' });
    const before = flow.session.state;
    flow.session.dispatch({ kind: 'tick', rowId: 'worker', ticked: false });
    flow.session.dispatch({ kind: 'apply' });
    assert.equal(flow.session.state, before);
    assert.equal(flow.effects.filter(({ kind }) => kind === 'apply').length, 1);
  });

  it('shows both versions of a connection that holds other values, and changes it only when told', () => {
    const { session, view } = chosen();
    session.dispatch({ kind: 'connectionPlanned', plan: { kind: 'differs', existing: 'old: 1', wanted: 'new: 2', cursor: 0, notes: [], overwrite: { ...edit, action: 'update' } } });
    assert.deepEqual(view().connection.form?.differs, { existing: 'old: 1', wanted: 'new: 2', overwrite: false, label: 'Change the existing connection azure_wi' });
    assert.match(view().footer.headline, /^Creates 5 federated credentials\.$/);
    session.dispatch({ kind: 'setOverwrite', overwrite: true });
    assert.equal(view().footer.headline, 'Creates 5 federated credentials, changes 1 connection.');
  });

  it('waits for the newest connection plan before it can be applied', () => {
    const { session, view } = chosen();
    session.dispatch({ kind: 'setConnectionId', value: 'azure_other' });
    assert.equal(view().footer.actions[0]?.disabled, true);
    session.dispatch({ kind: 'connectionPlanned', plan: edit });
    assert.notEqual(view().footer.actions[0]?.disabled, true);
  });

  it('keeps the choice of an overwrite when a file changes under the form, and leaves a finished run alone', async () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'setOverwrite', overwrite: true });
    flow.session.dispatch({ kind: 'targetsFound', targets: [project] });
    assert.equal(flow.session.state.connection.overwrite, true);
    assert.deepEqual(flow.effects.slice(-2).map(({ kind }) => kind), ['planConnection', 'checkProvider']);
    flow.session.dispatch({ kind: 'connectionPlanned', plan: edit });
    await apply(flow, new IdentityModel(strangers(2)));
    const count = flow.effects.length;
    flow.session.dispatch({ kind: 'targetsFound', targets: [project] });
    assert.equal(flow.effects.length, count);
    assert.equal(flow.view().phase, 'done');
  });

  it('keeps a user who wants no connection without one, whatever is found', () => {
    const { session } = chosen();
    session.dispatch({ kind: 'setTarget', uri: '' });
    session.dispatch({ kind: 'targetsFound', targets: [project] });
    assert.equal(session.state.connection.target, '');
  });

  it('names the tenant that issues the tokens in the connection, also for a subscription managed for a customer', () => {
    const { session, view } = chosen();
    const managed = { ...identity, homeTenantId: '11111111-2222-4333-8444-555555555555' };
    session.dispatch({ kind: 'identityRead', chosen: { identity: managed, subscriptionName: '', tenantName: '', credentials: [] } });
    assert.equal(view().connection.form?.tenantId, managed.homeTenantId);
    assert.equal(connectionOf(session.state)?.tenantId, managed.homeTenantId);
  });

  it('comes back after a reload of the window with everything the user entered', () => {
    const { session } = chosen();
    session.dispatch({ kind: 'tick', rowId: 'worker', ticked: false });
    session.dispatch({ kind: 'serviceAccountNamed', serviceAccount: 'dbt-runner' });
    session.dispatch({ kind: 'setConnectionId', value: 'azure_other' });
    const saved: unknown = JSON.parse(JSON.stringify(saveConnect(session.state)));
    const { state, effects } = restoreConnect(saved, publicAudience);
    assert.deepEqual(effects.map(({ kind }) => kind), ['readDeployment', 'readIdentity']);
    assert.deepEqual(state.rows, session.state.rows);
    assert.equal(state.connection.connectionId, 'azure_other');
    assert.ok(!JSON.stringify(saved).includes('principalId'), 'what was read is read again');
  });

  for (const saved of [undefined, null, 'x', {}, { version: 2 }, { version: 1, rows: 'x' }]) {
    it(`starts empty from what it does not understand: ${JSON.stringify(saved)}`, () => {
      assert.equal(restoreConnect(saved, publicAudience).state.deployment.kind, 'none');
    });
  }

  it('gives the same plan as az commands, quoted so that no value is executed', () => {
    const flow = chosen();
    flow.session.dispatch({ kind: 'identityRead', chosen: { identity: { ...identity, name: "id'; rm -rf ~ #" }, subscriptionName: '', tenantName: '', credentials: [] } });
    flow.session.dispatch({ kind: 'copyScript' });
    const effect = flow.effects.at(-1);
    assert.ok(effect?.kind === 'copyText');
    assert.equal(effect.text.match(/federated-credential create/g)?.length, 5);
    assert.ok(effect.text.includes(`--identity-name 'id'\\''; rm -rf ~ #' \\`));
    assert.ok(effect.text.includes(`--issuer '${issuer}'`));
  });
});
