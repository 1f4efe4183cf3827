import { clouds } from './clouds.ts';
import { isIssuerHost } from './oidc/issuerShapes.ts';

/** Which part of the world a host belongs to. */
export type WorldHostKind = 'arm' | 'entra' | 'astro' | 'issuer' | 'blob' | 'keyVault' | 'kubernetes';

const kinds = new Map<string, WorldHostKind>([
  ...clouds.map(({ armHost }): [string, WorldHostKind] => [armHost, 'arm']),
  ...clouds.flatMap(({ loginHosts }) => loginHosts.map((host): [string, WorldHostKind] => [host, 'entra'])),
  ['api.astronomer.io', 'astro'],
]);

/** Hosts that have a resource's name in front. */
const patterns: readonly (readonly [RegExp, WorldHostKind])[] = [
  [/^[a-z0-9]{3,24}\.blob\.core\.windows\.net$/u, 'blob'],
  [/^[a-z0-9-]{3,24}\.vault\.azure\.net$/u, 'keyVault'],
  [/^[a-z0-9-]+\.hcp\.[a-z0-9-]+\.azmk8s\.io$/u, 'kubernetes'],
];

/** The part of the world that answers for a host name; `undefined` for every host that is refused. */
export function worldHostKind(host: string): WorldHostKind | undefined {
  const name = host.toLowerCase();
  return kinds.get(name) ?? patterns.find(([pattern]) => pattern.test(name))?.[1] ?? (isIssuerHost(name) ? 'issuer' : undefined);
}

/** True for a host that the world answers for. */
export function isWorldHost(host: string): boolean {
  return worldHostKind(host) !== undefined;
}
