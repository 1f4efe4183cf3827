import { sample } from '../sampleWorld.ts';
import type { World } from '../world.ts';
import { addTo, places } from './samplePlaces.ts';

const { clusters, issuers, resources } = sample;

interface ClusterShape {
  readonly name: string;
  readonly fqdn: string;
  /** No issuer: the cluster was made without `--enable-oidc-issuer`. */
  readonly issuer?: string;
  readonly workloadIdentity: boolean;
}

/** What Resource Graph and ARM show of a cluster (Microsoft.ContainerService 2025-08-01, managedClusters.json; `issuerURL` is written so). */
function clusterProperties({ name, fqdn, issuer, workloadIdentity }: ClusterShape): Record<string, unknown> {
  return {
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    kubernetesVersion: '1.33',
    currentKubernetesVersion: '1.33.5',
    dnsPrefix: fqdn.split('.')[0]?.replace(/-[0-9a-f]{8}$/u, ''),
    fqdn,
    azurePortalFQDN: fqdn.replace('.hcp.', '.portal.hcp.'),
    nodeResourceGroup: `MC_${name}`,
    enableRBAC: true,
    disableLocalAccounts: false,
    oidcIssuerProfile: issuer === undefined ? { enabled: false } : { enabled: true, issuerURL: issuer },
    securityProfile: workloadIdentity ? { workloadIdentity: { enabled: true } } : {},
  };
}

/** Fills in the AKS clusters: workload identity ready, switched off, and never asked for. */
export function fillClusters(world: World): void {
  const type = 'Microsoft.ContainerService/managedClusters';
  const sku = { name: 'Base', tier: 'Standard' };
  const add = (place: (typeof places)[keyof typeof places], shape: ClusterShape): void => addTo(world, place, { type, name: shape.name, sku, properties: clusterProperties(shape) });
  const { cluster } = resources;
  addTo(world, places.dataProduction, {
    type,
    name: cluster.name,
    sku,
    identities: { systemAssigned: cluster, userAssigned: [] },
    properties: clusterProperties({ name: cluster.name, fqdn: 'aks-airflow-prod-dns-0f1e2d3c.hcp.westus2.azmk8s.io', issuer: issuers.prod, workloadIdentity: true }),
  });
  add(places.analytics, { ...clusters.platform, issuer: issuers.platform, workloadIdentity: true });
  add(places.development, { ...clusters.withoutWorkloadIdentity, issuer: issuers.aksDev, workloadIdentity: false });
  add(places.scratch, { ...clusters.withoutIssuer, workloadIdentity: false });
  add(places.fabrikam, { ...clusters.fabrikam, issuer: issuers.aksFabrikam, workloadIdentity: true });
  for (const url of [issuers.platform, issuers.aksDev, issuers.aksFabrikam]) {
    world.issuers.add(url);
  }
}
