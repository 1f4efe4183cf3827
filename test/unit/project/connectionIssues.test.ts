import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { noConnection } from '../../../src/connection/connectionValues.ts';
import { formatIssues, isAzureConnection, issueFinder } from '../../../src/project/connectionIssues.ts';
import { formatOf } from '../../../src/project/formats.ts';
import type { KnownIdentity } from '../../../src/project/language/knowledge.ts';

const identity: KnownIdentity = {
  name: 'id-airflow',
  clientId: '11111111-2222-4333-8444-555555555555',
  principalId: '22222222-2222-4333-8444-555555555555',
  tenantId: '33333333-2222-4333-8444-555555555555',
  subscriptionId: '44444444-2222-4333-8444-555555555555',
  subscriptionName: 'Production',
};

function connection(type: string, extra: AirflowConnection['extra']): AirflowConnection {
  return { ...noConnection('one'), type, extra };
}

describe('Issues of connections', () => {
  it('concern connections that reach Azure, also such as cannot use an identity, and whatever names one', () => {
    assert.deepEqual(['azure', 'wasb', 'msgraph', 'postgres'].map((type) => isAzureConnection(connection(type, {}))), [true, true, true, false]);
    assert.ok(isAzureConnection(connection('generic', { managed_identity_client_id: identity.clientId })));
  });

  it('are told once where more is known, with the fix that the knowledge allows', () => {
    const half = connection('azure', { managed_identity_client_id: identity.clientId });
    const [blind, ...more] = issueFinder({ identities: [], isComplete: false })(half);
    assert.deepEqual([blind?.code, more.length], ['half-identity', 0]);
    const [issue, ...others] = issueFinder({ identities: [identity], isComplete: false })(half);
    assert.deepEqual([issue?.code, others.length], ['half-identity', 0]);
    const fix = issue?.fixes.find(({ title }) => title.includes(identity.name));
    assert.ok(fix?.kind === 'connection');
    assert.equal(fix.wanted.extra['workload_identity_tenant_id'], identity.tenantId);
  });

  it('of a file belong to the connection that they stand in', () => {
    const text = 'airflow:\n  connections:\n    - conn_id: fine\n      conn_type: azure\n    - conn_id: lost\n      conn_type: azure\n      conn_extra:\n        subscriptionId: "1"\n';
    const content = formatOf('/project/airflow_settings.yaml')?.read(text);
    assert.ok(content !== undefined && !('kind' in content));
    assert.deepEqual(content.connections.map((found) => formatIssues(found, content).map(({ code, fixes }) => [code, fixes.map(({ kind }) => kind)])), [[], [['extra-map', ['edits']]]]);
  });
});
