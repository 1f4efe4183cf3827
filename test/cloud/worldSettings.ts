/** A rate limit as Azure states it: so many at once, refilled so fast. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** Everything about the services' behaviour that a test may want otherwise. All times in milliseconds of the world's clock, but `latencyMs`. */
export interface WorldSettings {
  /** Real milliseconds every request takes on the network, counted from its arrival at the proxy. */
  latencyMs: number;
  /** How long a write takes in the service. */
  serviceMs: number;
  /** How long Entra goes on without a new or changed federated credential ("several minutes", entra-docs workload-identity-federation-considerations.md). */
  propagationMs: number;
  /** How long a GET of a new federated credential still answers 404 (hashicorp/terraform-provider-azurerm#32935). */
  getAfterPutMs: number;
  /** How long a new identity is unknown to writes of its credentials (openshift/cloud-credential-operator#878). */
  parentAfterCreateMs: number;
  /** How long the directory does not know the principal of a new identity (recorded by Azure/azure-service-operator: seconds). */
  principalAfterCreateMs: number;
  /** How long the data planes go on without a new role assignment ("up to 10 minutes", role-based-access-control/troubleshooting). */
  roleToDataMs: number;
  /** How long Resource Graph goes on without a write ("near real time" by notifications, governance/resource-graph/overview.md). */
  graphLagMs: number;
  /** Queries of Resource Graph that a user has in a window (guidance-for-throttled-requests.md). */
  graphQuota: { queries: number; windowMs: number };
  /** Items of one page, per collection. The real sizes are not documented. */
  pageSize: { subscriptions: number; resourceGroups: number; identities: number; credentials: number };
  /** Blob containers on one page, where the client does not ask for fewer. */
  containerPage: number;
  /** Resources on one page of a list by ARM. */
  resourcePage: number;
  /** Rows on one page of Resource Graph, at most (work-with-data: 1,000). */
  graphPage: number;
  /** True: a query that was asked before is answered as it was then, from memory, whatever was written since. For who measures a client, not the local cloud. */
  graphKeepsAnswers: boolean;
  /** ARM's buckets per subscription and principal (limits as in Microsoft's page, sizes as seen in 2026 headers). */
  armReads: BucketSize;
  armWrites: BucketSize;
  armDeletes: BucketSize;
  /** The identity service's own buckets per identity: the rate is documented, the burst is not. */
  identityWrites: BucketSize;
  identityGets: BucketSize;
  identityLists: BucketSize;
  identityDeletes: BucketSize;
  /** Astro's buckets per token (astronomer/docs api/fern/docs/pages/overview.mdx, 2024). */
  astroGets: BucketSize;
  astroPosts: BucketSize;
  astroDeletes: BucketSize;
  /** True: writes without a token that proves MFA get a claims challenge (https://aka.ms/mfaforazure). */
  writesNeedMfa: boolean;
  /** User names of accounts whose writes need MFA although others' do not. */
  writesNeedMfaOf: readonly string[];
  /** Regions that do not take federated credentials (entra-docs workload-identity-federation-considerations.md). */
  regionsWithoutCredentials: readonly string[];
}

/** The behaviour tests start from: real rules, short waits. */
export function defaultSettings(): WorldSettings {
  return {
    latencyMs: 0,
    serviceMs: 100,
    propagationMs: 0,
    getAfterPutMs: 0,
    parentAfterCreateMs: 0,
    principalAfterCreateMs: 0,
    roleToDataMs: 0,
    graphLagMs: 0,
    graphQuota: { queries: 15, windowMs: 5000 },
    pageSize: { subscriptions: 100, resourceGroups: 100, identities: 100, credentials: 100 },
    containerPage: 5000,
    resourcePage: 100,
    graphPage: 1000,
    graphKeepsAnswers: false,
    armReads: { burst: 1100, perSecond: 25 },
    armWrites: { burst: 800, perSecond: 10 },
    armDeletes: { burst: 800, perSecond: 10 },
    identityWrites: { burst: 40, perSecond: 0.25 },
    identityGets: { burst: 80, perSecond: 0.5 },
    identityLists: { burst: 40, perSecond: 0.25 },
    identityDeletes: { burst: 40, perSecond: 0.25 },
    astroGets: { burst: 25, perSecond: 25 },
    astroPosts: { burst: 10, perSecond: 10 },
    astroDeletes: { burst: 5, perSecond: 5 },
    writesNeedMfa: false,
    writesNeedMfaOf: [],
    regionsWithoutCredentials: ['malaysiasouth', 'newzealandnorth'],
  };
}
