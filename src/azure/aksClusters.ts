import * as v from 'valibot';
import type { AksCluster, AksClusterRef, AksPort } from '../deployment/aksPort.ts';
import { AirflowIdentityError } from '../errors.ts';
import type { AzurePort } from '../identity/azurePort.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import type { ArmConnection } from './armClients.ts';
import { armPath } from './armPaths.ts';
import { armAnswer, armPages } from './armRequests.ts';
import { graphPages } from './resourceGraph.ts';

const type = 'Microsoft.ContainerService/managedClusters';
const apiVersion = '2025-08-01';

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.optional(v.nullable(v.string()));
const enabled = v.optional(v.nullable(v.object({ enabled: v.optional(v.nullable(v.boolean())) })));

/** A cluster in both listings (azure-rest-api-specs, Microsoft.ContainerService 2025-08-01, managedClusters.json). */
const clusterSchema = v.object({
  id: text,
  name: text,
  location: v.optional(v.string(), ''),
  properties: v.object({
    fqdn: optionalText,
    /** ARM writes `issuerURL`; the Azure CLI, and so whatever copies from it, `issuerUrl`. */
    oidcIssuerProfile: v.optional(v.nullable(v.object({ enabled: v.optional(v.nullable(v.boolean())), issuerURL: optionalText, issuerUrl: optionalText }))),
    securityProfile: v.optional(v.nullable(v.object({ workloadIdentity: enabled }))),
  }),
});

/** Lists AKS clusters through Azure Resource Graph, and through ARM where that is refused. */
export class AksClusters implements AksPort {
  readonly #arm: ArmConnection;
  readonly #subscriptions: AzurePort['subscriptions'];

  constructor(arm: ArmConnection, subscriptions: AzurePort['subscriptions']) {
    this.#arm = arm;
    this.#subscriptions = subscriptions;
  }

  async *clusters(tenant: TenantRef, signal: AbortSignal): AsyncGenerator<readonly AksCluster[], void, undefined> {
    const query = `resources | where type =~ '${type.toLowerCase()}' | project id, name, location, properties | order by id asc`;
    const given = new Set<string>();
    try {
      for await (const { rows } of graphPages(this.#arm, tenant, { text: query, rows: v.array(clusterSchema) }, signal)) {
        rows.forEach(({ id }) => given.add(id.toLowerCase()));
        yield rows.flatMap((row) => clusterOf(row, tenant) ?? []);
      }
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      for await (const page of this.#byArm(tenant, signal)) {
        yield page.filter(({ id }) => !given.has(id.toLowerCase()));
      }
    }
  }

  async cluster(ref: AksClusterRef, signal: AbortSignal): Promise<AksCluster> {
    const path = armPath(`/subscriptions/${ref.subscriptionId}/resourceGroups/${ref.resourceGroup}/providers/${type}/${ref.name}`);
    const answer = await armAnswer(this.#arm, ref, { method: 'GET', path, apiVersion }, clusterSchema, signal);
    return { ...factsOf(answer), account: ref.account, tenantId: ref.tenantId, subscriptionId: ref.subscriptionId, resourceGroup: ref.resourceGroup };
  }

  /** Subscription by subscription. One that fails does not hide the others: its error is thrown after their clusters were given. */
  async *#byArm(tenant: TenantRef, signal: AbortSignal): AsyncGenerator<readonly AksCluster[], void, undefined> {
    let failure: AirflowIdentityError | undefined;
    for await (const page of this.#subscriptions(tenant, signal)) {
      for (const { subscriptionId } of page) {
        try {
          for await (const rows of armPages(this.#arm, tenant, { path: `/subscriptions/${subscriptionId}/providers/${type}`, apiVersion }, clusterSchema, signal)) {
            yield rows.flatMap((row) => clusterOf(row, tenant) ?? []);
          }
        } catch (error) {
          if (!isRefusal(error)) {
            throw error;
          }
          failure ??= error;
        }
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
  }
}

/** What another request may not meet: Resource Graph or a subscription is refused, or gives a part only. */
function isRefusal(error: unknown): error is AirflowIdentityError {
  return error instanceof AirflowIdentityError && ['forbidden', 'invalidInput', 'unavailable'].includes(error.code);
}

function clusterOf(row: v.InferOutput<typeof clusterSchema>, { account, tenantId }: TenantRef): AksCluster | undefined {
  const [, subscriptionId, resourceGroup] = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(row.id) ?? [];
  return subscriptionId === undefined || resourceGroup === undefined ? undefined : { ...factsOf(row), account, tenantId, subscriptionId, resourceGroup };
}

function factsOf({ id, name, location, properties }: v.InferOutput<typeof clusterSchema>): Omit<AksCluster, keyof TenantRef | 'subscriptionId' | 'resourceGroup'> {
  const { fqdn, oidcIssuerProfile, securityProfile } = properties;
  const issuer = oidcIssuerProfile?.enabled === false ? undefined : (oidcIssuerProfile?.issuerURL ?? oidcIssuerProfile?.issuerUrl);
  return {
    id,
    name,
    region: location,
    issuer: issuer || undefined,
    workloadIdentity: securityProfile?.workloadIdentity?.enabled === true,
    apiServer: fqdn || undefined,
  };
}
