import assert from 'node:assert/strict';
import * as v from 'valibot';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { detailsViewSchema } from '../../../src/trust/details/detailsView.ts';
import type { DetailsView, TableView } from '../../../src/trust/details/detailsView.ts';
import { restoreDetails, saveDetails } from '../../../src/trust/details/savedDetails.ts';
import { emptyState, failedState, loadingState, read, readState, viewOf } from './detailsSamples.ts';
import { identity } from './trustSamples.ts';

/** A table as lines of text: group heads, and rows with their status. */
function linesOf({ groups }: TableView): string[] {
  return groups.flatMap((group) => [
    ...(group.title === undefined ? [] : [`# ${group.title}: ${group.detail}`]),
    ...group.rows.map((row) => `${row.name}: ${row.statusText}`),
  ]);
}

/** Names of everything that can be pressed in a table. */
function actionsOf(table: TableView): string[] {
  return [table.actions, ...table.groups.flatMap((group) => [group.actions, ...group.rows.map((row) => row.buttons.map(({ action }) => action))])]
    .flat()
    .map(({ label, accessibleName }) => accessibleName ?? label);
}

/** The table of connections where `adf_ingest` holds this tenant. */
function connectionsWith(tenantId: string | undefined): TableView {
  const connections = (readState.parts.connections.value ?? []).map((project) => ({
    ...project,
    connections: project.connections.map((connection) => (connection.connection.connectionId === 'adf_ingest' ? { ...connection, tenantId } : connection)),
  }));
  return viewOf({ ...readState, parts: { ...readState.parts, connections: read(connections) } }).connections;
}

function noticesOf({ facts, credentials, roles, connections }: DetailsView): string[] {
  return [facts, credentials, roles, connections].flatMap(({ notices }) => notices.map(({ text, actions }) => `${text} [${actions.map(({ label }) => label).join(', ')}]`));
}

describe('the page of an identity', () => {
  it('is of the shape that the page knows, in every state', () => {
    for (const state of [readState, loadingState, failedState, emptyState]) {
      v.assert(detailsViewSchema, viewOf(state));
    }
  });

  it('says what the identity is, when it was read, and how much is used', () => {
    const { title, subtitle, facts } = viewOf(readState);
    assert.equal(title, 'id-airflow-prod');
    assert.equal(subtitle, 'User-assigned managed identity. Read from Azure at 14:02.');
    assert.deepEqual(facts.columns[0]?.map(({ label, value }) => `${label}: ${value}`), [
      'Subscription: Data Platform Production', 'Resource group: rg-airflow-identity', 'Region: westus2', 'Tenant: contoso.example', 'Tags: team: data-platform, env: prod',
    ]);
    assert.deepEqual(facts.columns[1]?.at(-1)?.quota, { used: 8, planned: 0, limit: 20, text: '8 of 20 used' });
  });

  it('tells what each credential does for its deployment', () => {
    assert.deepEqual(linesOf(viewOf(readState).credentials), [
      '# customer-360-prod: 1 of 5 workloads trusted',
      'astro-scheduler: In order',
      'ge-2024: Other audience',
      'weightless-diameter-8927-worker: Other issuer',
      '# marketing-attribution: 3 of 3 workloads trusted',
      'newtonian-apparatus-7941-scheduler: In order',
      'newtonian-apparatus-7941-triggerer: In order',
      'newtonian-apparatus-7941-worker: In order',
      '# Unknown deployment: no deployment you can see fits',
      'stellar-orbit-3310-worker: Unused?',
      '# Not for Airflow: other workloads that sign in as this identity',
      'github-branches: Flexible',
    ]);
  });

  it('offers to repair what is broken and nothing that is whole', () => {
    const repairs = actionsOf(viewOf(readState).credentials).filter((name) => name.startsWith('Repair'));
    assert.deepEqual(repairs, ['Repair trust of customer-360-prod']);
  });

  it('shows credentials before the deployments are known, and claims nothing about them', () => {
    const { credentials } = viewOf({ ...readState, parts: { ...readState.parts, deployments: { value: undefined, reading: true, error: undefined } } });
    assert.equal(credentials.busy, true);
    assert.deepEqual([...new Set(linesOf(credentials).map((line) => line.split(': ')[1]))], ['Not compared yet']);
  });

  it('tells per scope what the identity may do, what it inherits and what is denied', () => {
    const { roles } = viewOf(readState);
    const { value } = readState.parts.roles;
    assert.ok(value);
    const incomplete = (change: Partial<typeof value>): string[] => noticesOf(viewOf({ ...readState, parts: { ...readState.parts, roles: { ...readState.parts.roles, value: { ...value, ...change } } } }));
    assert.ok(incomplete({ unreadSubscriptions: 3 }).includes('Roles of 3 subscriptions could not be read. [Retry, Show log]'));
    assert.ok(incomplete({ scopes: [], isSearched: false }).includes('Roles in other subscriptions could not be looked for. [Retry, Show log]'));
    assert.deepEqual(linesOf(roles), [
      '# Data Platform Production: subscription',
      'Reader: Here',
      '# rg-data-prod: resource group',
      'Key Vault Secrets User: Here',
      'Deny assignment: Denied',
      'Reader: On subscription',
      '# raw: container in storage account stdatalakeprod',
      'Storage Blob Data Contributor: Here',
      'Reader: On subscription',
      'Key Vault Secrets User: On resource group',
      'Deny assignment: Denied',
    ]);
    assert.deepEqual(actionsOf(roles), [
      'Give access…', 'Remove Reader on Data Platform Production', 'Remove Key Vault Secrets User on rg-data-prod', 'Remove Storage Blob Data Contributor on raw',
    ]);
  });

  it('finds the connections that name the client ID, in whatever letter case, and says what they lack', () => {
    assert.deepEqual(linesOf(viewOf(readState).connections), ['azure_wi: In order', 'adf_ingest: Tenant missing']);
    assert.deepEqual(viewOf(readState).connections.heads, ['Connection ID', 'File', 'Status', 'Actions']);
  });

  it('offers to fix a missing or wrong tenant, and has no column for actions where there is none to take', () => {
    assert.deepEqual(actionsOf(connectionsWith(undefined)), ['Fix adf_ingest']);
    assert.deepEqual(actionsOf(connectionsWith('00000000-0000-4000-8000-00000000dead')), ['Fix adf_ingest']);
    assert.deepEqual(actionsOf(connectionsWith(identity.homeTenantId.toUpperCase())), []);
    assert.deepEqual(connectionsWith(identity.homeTenantId).heads, ['Connection ID', 'File', 'Status']);
  });

  it('lets each part fail on its own, with its reason and its way out', () => {
    assert.deepEqual(noticesOf(viewOf(failedState)), [
      'management.azure.com cannot be reached. Check the network and the proxy. What stands here was read before. [Retry, Show log]',
      'Contoso wants another sign-in. [Sign in again, Show log]',
      'Your deployments on Astro are not known, so credentials are compared with those entered by hand alone. No Astro token is set. [Set Astro API token…, Retry]',
      'You may not read role assignments: Microsoft.Authorization/roleAssignments/read is missing. [Retry, Show log]',
      'etl-pipelines/airflow_settings.yaml could not be searched. It does not parse. []',
    ]);
  });

  it('keeps claims about unused credentials back where a source failed', () => {
    const failures = [new AirflowIdentityError('network', 'api.astronomer.io cannot be reached.')];
    const { credentials } = viewOf({ ...readState, parts: { ...readState.parts, deployments: read({ deployments: [], failures }) } });
    assert.ok(linesOf(credentials).includes('stellar-orbit-3310-worker: Not known'));
    assert.ok(!linesOf(credentials).some((line) => line.includes('Unused?')));
  });

  it('says what nothing means', () => {
    const { facts, credentials, roles, connections } = viewOf(emptyState);
    assert.match(facts.notices[0]?.text ?? '', /newzealandnorth cannot hold federated credentials/);
    assert.match(credentials.text, /^No deployment can sign in/);
    assert.match(roles.text, /^No role in Data Platform Production/);
    assert.match(connections.text, /^No connection in the files of this workspace/);
  });
});

describe('what the page of an identity keeps', () => {
  it('is which identity it shows, and what its place is called', () => {
    const { account, tenantId, subscriptionId, resourceGroup, name } = identity;
    assert.deepEqual(restoreDetails(JSON.parse(JSON.stringify(saveDetails(readState)))), {
      version: 1, identity: { account, tenantId, subscriptionId, resourceGroup, name }, subscriptionName: 'Data Platform Production', tenantName: 'contoso.example',
    });
  });

  it('is nothing where it does not parse', () => {
    for (const other of [undefined, null, 'text', { version: 2 }, { version: 1, identity: { name: 'x' } }]) {
      assert.equal(restoreDetails(other), undefined);
    }
  });
});
