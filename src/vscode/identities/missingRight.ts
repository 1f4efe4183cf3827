import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';
import type { NeededRights } from '../../identity/permissionCheck.ts';
import { missingRights } from '../../identity/permissionCheck.ts';
import type { Services } from '../services.ts';

/**
 * What is missing of the rights that operations need on a scope, each with the smallest role that has it. Empty when
 * nothing is, and when it cannot be found out: the service has the last word then.
 * @throws an `AbortError` when `signal` is aborted.
 */
export async function missingOn(
  services: Pick<Services, 'azure' | 'log'>,
  place: TenantRef,
  scopeId: string,
  needed: readonly NeededRights[],
  signal: AbortSignal,
): Promise<readonly NeededRights[]> {
  try {
    const permissions = await services.azure().permissions(place, scopeId, signal);
    return needed.flatMap((rights) => missingRights(permissions, rights) ?? []);
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    services.log.failure('reading permissions', toAirflowIdentityError(error));
    return [];
  }
}
