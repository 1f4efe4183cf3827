import type { AzurePort } from '../../identity/azurePort.ts';
import type { IdentityAdminPort } from '../../identity/identityAdminPort.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { withTagChanges } from '../../identity/resourceTags.ts';
import type { TagChange } from '../../identity/resourceTags.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import type { WriteServices } from '../repeatedWrite.ts';

/**
 * Writes changes of tags. Azure replaces tags as a whole, so that what came since they were shown would be lost: each try reads them
 * again and changes what stands there.
 *
 * @throws AirflowIdentityError the failure of the last try.
 */
export async function writeTags(
  services: WriteServices & { readonly azure: () => Pick<AzurePort, 'identity'> & Pick<IdentityAdminPort, 'setTags'> },
  identity: ManagedIdentity,
  changes: readonly TagChange[],
): Promise<ManagedIdentity> {
  const { value } = await repeatedWrite(services, 'edit tags', async (signal) => {
    const azure = services.azure();
    const { tags } = await azure.identity(identity, signal);
    return azure.setTags(identity, withTagChanges(tags, changes), signal);
  });
  return value;
}
