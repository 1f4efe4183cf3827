import type { FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import type { World } from '../../cloud/world.ts';

/** What stands on an identity of the world, in the product's words, by name. */
export function standingOn(world: World, clientId: string): readonly FederatedCredential[] {
  const held = world.resources.identityByClientId(clientId)?.credentials ?? [];
  return held
    .map(({ name, values: { issuer, subject, audiences } }) => ({ name, issuer, subject, audiences }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
