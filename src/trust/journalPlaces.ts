import * as l10n from '@vscode/l10n';
import { AirflowIdentityError, toAirflowIdentityError } from '../errors.ts';
import type { AzurePort } from '../identity/azurePort.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import { sameArmId } from '../identity/armId.ts';
import { grantsOn } from '../identity/heldRoles.ts';
import type { IdentityAdminPort } from '../identity/identityAdminPort.ts';
import type { IdentityRef, ManagedIdentity } from '../identity/managedIdentity.ts';
import type { RightsPort } from '../identity/rightsPort.ts';
import type { Change } from './journalEntry.ts';
import { sameTrust, trusts } from './plan.ts';

/** The part of Azure that finishing or undoing a change needs. */
export type JournalAzure = Pick<AzurePort, 'identity' | 'credentials' | 'writeCredential'> &
  Pick<IdentityAdminPort, 'createIdentity' | 'createResourceGroup' | 'deleteIdentity' | 'deleteCredential' | 'resourceGroups'> &
  Pick<RightsPort, 'roleAssignments' | 'assignRole' | 'removeRoleAssignment'>;

/** What stands where a step writes: what was there before it, what it writes, or something else that is nobody's to touch. */
type Standing = 'before' | 'after' | 'other';

/** One step's place in Azure: what stands there, and how to change it. */
export interface Place {
  read(signal: AbortSignal): Promise<Standing>;
  /** Absent where this cannot be made by a program, such as a deleted identity, whose ids are gone. */
  readonly makeAfter: ((signal: AbortSignal) => Promise<void>) | undefined;
  readonly makeBefore: ((signal: AbortSignal) => Promise<void>) | undefined;
}

/** The place that a change writes to; `undefined` for a connection, whose file is not in Azure. */
export function placeOf(change: Change, azure: JournalAzure): Place | undefined {
  switch (change.kind) {
    case 'credential':
      return credentialPlace(change, azure);
    case 'role':
      return rolePlace(change, azure);
    case 'identity':
      return identityPlace(change, azure);
    case 'resourceGroup':
      return groupPlace(change, azure);
    case 'connection':
      return undefined;
  }
}

function credentialPlace({ identity, name, before, after }: Extract<Change, { kind: 'credential' }>, azure: JournalAzure): Place {
  const put = (credential: FederatedCredential | undefined): Place['makeAfter'] => {
    if (credential === undefined) {
      return (signal) => azure.deleteCredential(identity, name, signal);
    }
    const { issuer, subject, audiences: [audience] } = credential;
    return subject === undefined || audience === undefined
      ? undefined
      : async (signal) => { await azure.writeCredential(identity, { name, issuer, subject, audience }, signal); };
  };
  return {
    read: async (signal) => {
      const held = await azure.credentials(identity, signal);
      const namesake = held.find((credential) => sameArmId(credential.name, name));
      const isAfter = after === undefined ? namesake === undefined : namesake !== undefined && trusts(namesake, after);
      const isBefore = before === undefined ? namesake === undefined : namesake !== undefined && sameTrust(namesake, before);
      return isAfter ? 'after' : isBefore ? 'before' : 'other';
    },
    makeAfter: put(after === undefined ? undefined : { name, issuer: after.issuer, subject: after.subject, audiences: [after.audience] }),
    makeBefore: put(before),
  };
}

function rolePlace({ scope, roleId, principalId, action, hasCondition }: Extract<Change, { kind: 'role' }>, azure: JournalAzure): Place {
  const assignments = async (signal: AbortSignal): Promise<readonly string[]> =>
    grantsOn(await azure.roleAssignments(scope, principalId, signal), scope.id, roleId)
      .filter((grant) => sameArmId(grant.principalId, principalId))
      .map(({ id }) => id);
  const assign = async (signal: AbortSignal): Promise<void> => { await azure.assignRole({ scope, roleId, principalId }, signal); };
  const remove = async (signal: AbortSignal): Promise<void> => {
    for (const id of await assignments(signal)) {
      await azure.removeRoleAssignment(scope, id, signal);
    }
  };
  const assigns = action === 'assign';
  return {
    read: async (signal) => ((await assignments(signal)).length > 0 === assigns ? 'after' : 'before'),
    makeAfter: assigns ? assign : remove,
    // Given anew it would hold everywhere.
    makeBefore: assigns ? remove : hasCondition === true ? undefined : assign,
  };
}

function identityPlace({ identity, action, location, tags }: Extract<Change, { kind: 'identity' }>, azure: JournalAzure): Place {
  const create = async (signal: AbortSignal): Promise<void> => { await azure.createIdentity({ ...identity, location, tags }, signal); };
  const remove = async (signal: AbortSignal): Promise<void> => azure.deleteIdentity(identity, signal);
  const removeUnused = async (signal: AbortSignal): Promise<void> => {
    if ((await azure.credentials(identity, signal)).length > 0) {
      throw new AirflowIdentityError('conflict', l10n.t('Identity {0} holds credentials that this change did not make, so it was not deleted.', identity.name));
    }
    await remove(signal);
  };
  const creates = action === 'create';
  return {
    read: async (signal) => {
      const standing = await standingIdentity(identity, azure, signal);
      if (standing === undefined) {
        return creates ? 'before' : 'after';
      }
      const isThere = regionName(standing.location) === regionName(location);
      // A policy of the company may add tags of its own to what is created.
      const isThisOne = isThere && (!creates || Object.entries(tags).every(([name, value]) => standing.tags[name] === value));
      return !isThisOne ? 'other' : creates ? 'after' : 'before';
    },
    makeAfter: creates ? create : remove,
    makeBefore: creates ? removeUnused : undefined,
  };
}

function groupPlace({ subscription, name, location }: Extract<Change, { kind: 'resourceGroup' }>, azure: JournalAzure): Place {
  return {
    // One in another region serves as well.
    read: async (signal) => ((await azure.resourceGroups(subscription, signal)).some((group) => sameArmId(group.name, name)) ? 'after' : 'before'),
    makeAfter: async (signal) => { await azure.createResourceGroup(subscription, { name, location }, signal); },
    makeBefore: undefined,
  };
}

async function standingIdentity(ref: IdentityRef, azure: JournalAzure, signal: AbortSignal): Promise<ManagedIdentity | undefined> {
  try {
    return await azure.identity(ref, signal);
  } catch (error) {
    if (toAirflowIdentityError(error).code === 'notFound') {
      return undefined;
    }
    throw error;
  }
}

/** ARM answers some regions by their display name. */
function regionName(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
