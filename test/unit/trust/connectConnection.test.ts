import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { ConnectionResource } from '../../../src/connection/connectionResource.ts';
import { airflowConnection } from '../../../src/connection/writeConnection.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { connectionOf } from '../../../src/trust/connectionRequest.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { Effect } from '../../../src/trust/connectState.ts';
import { connectViewSchema } from '../../../src/trust/connectView.ts';
import type { ConnectionView } from '../../../src/trust/connectView.ts';
import { restoreConnect, saveConnect } from '../../../src/trust/savedConnect.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { deployment, identity, issuer } from './trustSamples.ts';

const account: ConnectionResource = {
  id: `/subscriptions/${identity.subscriptionId}/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdatalake`,
  name: 'stdatalake',
  subscriptionId: identity.subscriptionId,
  resourceGroup: 'rg-data',
  location: 'westeurope',
  endpoints: { blob: 'https://stdatalake.blob.core.windows.net/', dfs: 'https://stdatalake.dfs.core.windows.net/' },
};

function chosen(): { readonly session: ConnectSession; readonly effects: Effect[]; readonly form: () => ConnectionView } {
  const effects: Effect[] = [];
  const session = new ConnectSession((effect) => { effects.push(effect); }, emptyConnect(publicAudience));
  session.dispatch({ kind: 'targetsFound', targets: [{ uri: 'file:///p/airflow_settings.yaml', label: 'p/airflow_settings.yaml', reach: 'Read by astro dev start.' }] });
  session.dispatch({ kind: 'deploymentChosen', deployment });
  session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'same' } });
  session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 'Production', tenantName: 'contoso.example', credentials: [] } });
  return {
    session,
    effects,
    form: () => {
      const { form } = v.parse(connectViewSchema, connectViewOf(session.state)).connection;
      assert.ok(form);
      return form;
    },
  };
}

describe('the connection of the flow', () => {
  it('is of type azure with the identity\'s subscription until the user says otherwise', () => {
    const { form } = chosen();
    assert.equal(form().type, 'azure');
    assert.deepEqual(form().fields.map(({ id, value }) => [id, value]), [['subscriptionId', identity.subscriptionId], ['use_azure_identity_object', '']]);
  });

  it('has the fields of its type; what is missing is asked for, not scolded', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    assert.deepEqual(form().fields.map(({ id, problem, choose }) => [id, problem, choose !== undefined]), [['host', undefined, true], ['login', undefined, false], ['account_name', undefined, false]]);
    session.dispatch({ kind: 'connectionPlanned', plan: { kind: 'refused', code: 'invalidInput', message: 'm', fix: '', line: undefined } });
    assert.deepEqual(form().notices.map(({ status, text }) => [status, text]), [['create', 'Still needed, or nothing is written: Account URL or Account name.']]);
    assert.match(connectViewOf(session.state).footer.detail, /the connection \(not filled in\)/);
    session.dispatch({ kind: 'setConnectionField', field: 'host', value: 'http://stdatalake.blob.core.windows.net' });
    assert.match(form().fields[0]?.problem ?? '', /https/);
    assert.deepEqual(form().notices, []);
  });

  it('says what a field is for until something stands in it, and which id operators look for until it is that', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
    const hints = (): Readonly<Record<string, string>> => Object.fromEntries(form().fields.map(({ id, hint }) => [id, hint]));
    assert.equal(hints()['subscription_id'], '');
    assert.equal(hints()['resource_group_name'], 'The resource group of the account.');
    session.dispatch({ kind: 'setConnectionField', field: 'resource_group_name', value: 'rg-data' });
    assert.equal(hints()['resource_group_name'], '');
    assert.match(form().connectionIdHint, /azure_cosmos_default/);
    session.dispatch({ kind: 'setConnectionId', value: 'azure_cosmos_default' });
    assert.equal(form().connectionIdHint, '');
  });

  it('is filled from a chosen account, and says which role tasks need on it, until that is planned', () => {
    const { session, effects, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    session.dispatch({ kind: 'chooseResource', field: 'host' });
    assert.deepEqual(effects.at(-1), { kind: 'chooseResource', source: 'storageAccount', identity });
    session.dispatch({ kind: 'resourceChosen', source: 'storageAccount', resource: account });
    const wanted = connectionOf(session.state);
    assert.ok(wanted);
    assert.deepEqual(airflowConnection(wanted), {
      connectionId: 'azure_wi', type: 'wasb', host: 'https://stdatalake.blob.core.windows.net', schema: undefined, login: undefined, password: undefined, port: undefined,
      extra: { managed_identity_client_id: identity.clientId, workload_identity_tenant_id: identity.homeTenantId },
    });
    const needs = (): readonly string[] => form().notices.map(({ text }) => text).filter((text) => text.includes('role'));
    assert.match(needs().join(), /Storage Blob Data Contributor on storage account stdatalake/);
    session.dispatch({ kind: 'addConnectionAccess' });
    assert.deepEqual(needs(), []);
    assert.deepEqual(session.state.access.map(({ roleName, scope }) => [roleName, scope.id]), [['Storage Blob Data Contributor', account.id]]);
    assert.equal(effects.at(-1)?.kind, 'checkAccess');
  });

  it('asks for no role on an account that stands in it no longer', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    session.dispatch({ kind: 'resourceChosen', source: 'storageAccount', resource: account });
    session.dispatch({ kind: 'setConnectionField', field: 'host', value: 'https://other.blob.core.windows.net' });
    assert.deepEqual(form().notices, []);
  });

  it('keeps what was typed for one type while another is looked at', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
    assert.equal(form().fields.find(({ id }) => id === 'subscription_id')?.value, identity.subscriptionId);
    session.dispatch({ kind: 'setConnectionField', field: 'resource_group_name', value: 'rg-data' });
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
    assert.equal(form().fields.find(({ id }) => id === 'resource_group_name')?.value, 'rg-data');
  });

  it('gives a host or a login of one type to no other, and back when it is chosen again', () => {
    const { session, form } = chosen();
    const values = (): readonly (readonly string[])[] => form().fields.filter(({ value }) => value !== '').map(({ id, value }) => [id, value]);
    session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
    session.dispatch({ kind: 'setConnectionField', field: 'login', value: 'https://orders.documents.azure.com:443/' });
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    assert.deepEqual(values(), []);
    session.dispatch({ kind: 'setConnectionField', field: 'login', value: 'stdatalake' });
    session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
    assert.deepEqual(values(), [['login', 'https://orders.documents.azure.com:443/'], ['subscription_id', identity.subscriptionId]]);
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    assert.deepEqual(values(), [['login', 'stdatalake']]);
  });

  it('takes a chosen account in place of what was typed into the other field that names it', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'adls' });
    session.dispatch({ kind: 'setConnectionField', field: 'account_url', value: 'https://other.dfs.core.windows.net' });
    session.dispatch({ kind: 'resourceChosen', source: 'dataLakeAccount', resource: account });
    assert.deepEqual(form().fields.map(({ id, value }) => [id, value]), [['host', 'stdatalake'], ['account_url', ''], ['account_name', '']]);
  });

  it('comes back after a reload with type and fields, also what an older version kept', () => {
    const { session } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'wasb' });
    session.dispatch({ kind: 'setConnectionField', field: 'login', value: 'stdatalake' });
    const saved = saveConnect(session.state);
    const back = restoreConnect(JSON.parse(JSON.stringify(saved)), publicAudience).state.connection;
    assert.deepEqual([back.type, back.values['login']], ['wasb', 'stdatalake']);
    const { type: _, values: __, ...connection } = saved.connection;
    const old = restoreConnect({ ...saved, connection: { ...connection, subscriptionId: identity.subscriptionId } }, publicAudience).state.connection;
    assert.deepEqual([old.type, old.values], ['azure', { subscriptionId: identity.subscriptionId }]);
  });

  it('takes no type that the catalogue does not have', () => {
    const { session, form } = chosen();
    session.dispatch({ kind: 'setConnectionType', value: 'msgraph' });
    assert.equal(form().type, 'azure');
  });
});
