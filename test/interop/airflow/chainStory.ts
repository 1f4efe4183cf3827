import { systemClock } from '../../../src/clock.ts';
import { workloadsOf } from '../../../src/deployment/layouts/layouts.ts';
import { subjectOf } from '../../../src/deployment/workload.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { IdentityRef } from '../../../src/identity/managedIdentity.ts';
import { applyRows } from '../../../src/trust/apply.ts';
import { planTrust, rowsToWrite } from '../../../src/trust/plan.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { first, shippedAdapters } from '../shippedAdapters.ts';

/** What it prints. */
export interface ConnectedDeployment {
  readonly clientId: string;
  readonly tenantId: string;
  readonly issuer: string;
  readonly namespace: string;
  /** Workloads that the identity trusts now, by their ids. */
  readonly trusted: readonly string[];
}

/*
 * Connects a deployment as a user does, in a process of its own: a new identity, a credential for each workload that is
 * recommended, a role on one container. Takes the folder of the bundles that ship; prints what it made as JSON.
 */
const [, , folder = ''] = process.argv;
const { signal } = new AbortController();
const { account, azure, astro } = await shippedAdapters(folder, { request: () => undefined, waiting: () => undefined });
const tenant = await first(azure.tenants(account, signal), ({ tenantId }) => tenantId === sample.tenants.contoso.id);
const ref: IdentityRef = { account, tenantId: tenant.tenantId, subscriptionId: sample.subscriptions.production, resourceGroup: sample.groups.airflow, name: 'id-airflow-lake-reader' };
const identity = await azure.createIdentity({ ...ref, location: 'westus2', tags: {} }, signal);

const workspace = await first(astro.workspaces(signal), ({ name }) => name === sample.astro.workspaces.dataPlatform.name);
const deployment = await first(astro.deployments(workspace, signal), ({ name }) => name === sample.astro.deployments.customer360.name);
const { namespace, issuer = '' } = deployment;
const plan = planTrust(workloadsOf(deployment).map(({ id, credentialName, serviceAccount, recommended }) =>
  ({ rowId: id, name: credentialName, issuer, subject: subjectOf(namespace, serviceAccount), audience: publicAudience, ticked: undefined, recommended })), []);
const store = { list: () => azure.credentials(ref, signal), write: (credential: Parameters<typeof azure.writeCredential>[1]) => azure.writeCredential(ref, credential, signal) };
const { rows } = await applyRows(rowsToWrite(plan), store, { clock: systemClock, stop: signal, report: () => undefined });

const lake = await first(azure.scopes(tenant, ['storageAccount'], signal), ({ name }) => name === sample.resources.lake.name);
const container = await first(azure.containers(lake, signal), ({ name }) => name === 'curated');
const roles = await azure.roleDefinitions(ref, signal);
const roleId = roles.find(({ name }) => name === 'Storage Blob Data Reader')?.roleId ?? '';
await azure.assignRole({ scope: container, roleId, principalId: identity.principalId }, signal);

const connected: ConnectedDeployment = {
  clientId: identity.clientId,
  tenantId: identity.homeTenantId,
  issuer,
  namespace,
  trusted: [...rows].filter(([, { state }]) => state === 'done').map(([id]) => id),
};
process.stdout.write(JSON.stringify(connected));
