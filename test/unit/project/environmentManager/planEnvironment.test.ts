import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../../src/connection/airflowConnection.ts';
import { noConnection } from '../../../../src/connection/connectionValues.ts';
import type { EnvironmentConnection, EnvironmentReach } from '../../../../src/connection/environmentPort.ts';
import { planEnvironment } from '../../../../src/project/environmentManager/planEnvironment.ts';
import type { EditPlan, PlannedEdit } from '../../../../src/project/textEdit.ts';

const clientId = '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71';
const tenantId = '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887';
const place = { organizationId: 'org', scope: 'workspace', scopeId: 'ws' } as const;
const wanted: AirflowConnection = { ...noConnection('azure_wi'), type: 'azure', extra: { managed_identity_client_id: clientId, workload_identity_tenant_id: tenantId } };
const names: Readonly<Record<string, string>> = { c: 'customer-360', o: 'orders-dev', f: 'finance' };

function standing(change: Partial<AirflowConnection> = {}, links: Partial<EnvironmentConnection['links']> = {}): EnvironmentConnection {
  return { id: 'object', place, connection: { ...wanted, ...change }, links: { all: false, deployments: [{ id: 'c', isOverridden: false }], excluded: [], ...links } };
}

function plan(there: EnvironmentConnection | undefined, reach: EnvironmentReach = ['c'], connection = wanted): EditPlan {
  return planEnvironment(there, { place, connection, reach, nameOf: (id) => names[id] ?? id });
}

function signed({ preview }: PlannedEdit): string {
  return preview.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`).join('\n');
}

describe('a connection for the Environment Manager, before it is written', () => {
  it('is shown as it will stand there, with who gets it', () => {
    const added = plan(undefined, ['c', 'o']);
    assert.ok(added.kind === 'edit');
    assert.equal(added.action, 'add');
    assert.equal(signed(added), [
      '+conn_id: azure_wi', '+conn_type: azure', '+extra:', `+  managed_identity_client_id: ${clientId}`, `+  workload_identity_tenant_id: ${tenantId}`, '+linked to: customer-360, orders-dev',
    ].join('\n'));
    const forAll = plan(undefined, 'all');
    assert.match(forAll.kind === 'edit' ? signed(forAll) : '', /\+linked to: all deployments of the workspace, also later ones$/);
  });

  it('needs nothing where it stands so, for whoever is to get it', () => {
    assert.equal(plan(standing()).kind, 'unchanged');
    assert.equal(plan(standing({}, { all: true, deployments: [] })).kind, 'unchanged');
    assert.equal(plan(standing({ extra: { ...wanted.extra, subscriptionId: 's' } })).kind, 'unchanged', 'what else it says does not matter');
  });

  it('gets a further link without a question about values, and keeps those it has', () => {
    const linked = plan(standing({}, { deployments: [{ id: 'o', isOverridden: true }] }));
    assert.ok(linked.kind === 'edit');
    assert.deepEqual([linked.action, signed(linked).split('\n').slice(-2)], ['update', ['-linked to: orders-dev (with values of its own)', '+linked to: orders-dev (with values of its own), customer-360']]);
    const included = plan(standing({}, { all: true, deployments: [], excluded: ['c', 'f'] }));
    assert.match(included.kind === 'edit' ? signed(included) : '', /-linked to: .*, but not customer-360, finance\n\+linked to: .*, but not finance$/);
  });

  it('shows old beside new where other values stand there, and says what stays', () => {
    const differs = plan(standing({ type: 'wasb', host: 'https://a.blob.core.windows.net', extra: { managed_identity_client_id: 'other', tenant_id: 'x' } }));
    assert.ok(differs.kind === 'differs');
    assert.match(differs.existing, /conn_type: wasb\nhost: https:\/\/a.blob.core.windows.net\nextra:\n {2}managed_identity_client_id: other/);
    assert.match(differs.wanted, new RegExp(`conn_type: azure\\nhost: https://a.blob.core.windows.net\\nextra:\\n {2}managed_identity_client_id: ${clientId}\\n {2}tenant_id: x`));
    assert.match(differs.notes.join('\n'), /These keys of extra stay as they are: tenant_id\.\nAstro shows no passwords and other secrets\. Those that stand there stay/);
    assert.match(signed(differs.overwrite), new RegExp(`-conn_type: wasb\\n\\+conn_type: azure\\n host: .*\\n extra:\\n- {2}managed_identity_client_id: other\\n\\+ {2}managed_identity_client_id: ${clientId}`));
  });

  it('says that a deployment with values of its own keeps them', () => {
    const overridden = plan(standing({}, { deployments: [{ id: 'c', isOverridden: true }] }));
    assert.ok(overridden.kind === 'unchanged');
    assert.match(overridden.notes.join('\n'), /customer-360 gets values of its own there, which stay/);
  });

  it('hides secrets, its own and those that an older object shows', () => {
    const secret = plan(standing({ extra: { client_secret: 'old-secret' } }), ['c'], { ...wanted, password: 'new-secret' });
    assert.ok(secret.kind === 'differs');
    assert.doesNotMatch([secret.existing, secret.wanted, signed(secret.overwrite)].join('\n'), /-secret/);
  });

  it('is refused where Airflow could not use its id', () => {
    assert.equal(plan(undefined, 'all', { ...wanted, connectionId: 'a b' }).kind, 'refused');
  });
});
