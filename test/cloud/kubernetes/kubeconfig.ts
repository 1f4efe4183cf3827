import { stringify } from 'yaml';
import { sample } from '../sampleWorld.ts';

/** How a client gets to the cloud. */
interface CloudAccess {
  /** The cloud's proxy. */
  readonly proxyUrl: string;
  /** PEM of the certificate authority that the proxy signs with. */
  readonly caPem: string;
}

interface Context {
  readonly name: string;
  readonly cluster: string;
  readonly host: string;
  readonly token: string;
  readonly namespace?: string;
}

/** The contexts of the sample, in the order they stand in the file. */
function sampleContexts(): readonly Context[] {
  const { clusters, kubernetes } = sample;
  const { platform, withoutWorkloadIdentity, withoutIssuer } = clusters;
  const { users, releases } = kubernetes;
  return [
    { name: platform.name, cluster: platform.name, host: platform.fqdn, token: users.reader.token },
    { name: `${platform.name}-airflow-only`, cluster: platform.name, host: platform.fqdn, token: users.airflowOnly.token, namespace: releases.official.namespace },
    { name: `${platform.name}-expired`, cluster: platform.name, host: platform.fqdn, token: users.expired.token },
    { name: withoutWorkloadIdentity.name, cluster: withoutWorkloadIdentity.name, host: withoutWorkloadIdentity.fqdn, token: users.reader.token },
    { name: withoutIssuer.name, cluster: withoutIssuer.name, host: withoutIssuer.fqdn, token: users.reader.token },
  ];
}

/**
 * A kubeconfig for the sample's clusters as `az aks get-credentials` writes it, but with a token, and with `proxy-url`, which clients
 * need that read no proxy variables (kubernetes.io reference/config-api/kubeconfig.v1). Contexts: one that reads everything (the current one),
 * one for a single namespace, one whose token has expired, one of a cluster without workload identity, and one whose server does not answer.
 */
export function sampleKubeconfig({ proxyUrl, caPem }: CloudAccess): string {
  const contexts = sampleContexts();
  const hosts = new Map(contexts.map(({ cluster, host }) => [cluster, host]));
  const authority = Buffer.from(caPem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name,
    clusters: [...hosts].map(([name, host]) => ({ name, cluster: { server: `https://${host}:443`, 'certificate-authority-data': authority, 'proxy-url': proxyUrl } })),
    users: contexts.map(({ name, token }) => ({ name: `user-${name}`, user: { token } })),
    contexts: contexts.map(({ name, cluster, namespace }) => ({ name, context: { cluster, user: `user-${name}`, ...(namespace === undefined ? {} : { namespace }) } })),
    preferences: {},
  });
}
