/** Which part of the world a host belongs to. */
export type WorldHostKind = 'arm' | 'entra' | 'astro' | 'issuer';

/** AKS's issuers: per region, and the older shared host. */
const issuerHost = /^(?:[a-z0-9-]+\.oic|oidc)\.prod-aks\.azure\.com$/u;

/** The part of the world that answers for a host name; `undefined` for every host that is refused. */
export function worldHostKind(host: string): WorldHostKind | undefined {
  switch (host.toLowerCase()) {
    case 'management.azure.com':
      return 'arm';
    case 'login.microsoftonline.com':
      return 'entra';
    case 'api.astronomer.io':
      return 'astro';
    default:
      return issuerHost.test(host.toLowerCase()) ? 'issuer' : undefined;
  }
}

/** True for a host that the world answers for. */
export function isWorldHost(host: string): boolean {
  return worldHostKind(host) !== undefined;
}
