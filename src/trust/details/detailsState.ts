import type { AirflowIdentityError } from '../../errors.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { FoundRoles } from '../../identity/heldRoles.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { ProjectConnections } from './connectionUses.ts';
import type { DetailsPart } from './detailsEvents.ts';

/** A part that is read on its own. What was read before stays in sight while it is read again, and when that fails. */
export interface Part<T> {
  readonly value: T | undefined;
  readonly reading: boolean;
  readonly error: AirflowIdentityError | undefined;
}

/** What each part holds. */
export interface DetailsValues {
  readonly identity: ManagedIdentity;
  readonly credentials: readonly FederatedCredential[];
  readonly deployments: { readonly deployments: readonly Deployment[]; readonly failures: readonly AirflowIdentityError[] };
  readonly roles: FoundRoles;
  readonly connections: readonly ProjectConnections[];
}

/** The page of an identity. */
export interface DetailsState {
  readonly ref: IdentityRef;
  readonly subscriptionName: string;
  readonly tenantName: string;
  /** When the identity was last read from Azure, in milliseconds since the Unix epoch. */
  readonly readAt: number | undefined;
  readonly parts: { readonly [Name in DetailsPart]: Part<DetailsValues[Name]> };
}

const unread = { value: undefined, reading: false, error: undefined };

/** The page before anything was read. */
export function initialDetails(ref: IdentityRef): DetailsState {
  return {
    ref,
    subscriptionName: ref.subscriptionId,
    tenantName: ref.tenantId,
    readAt: undefined,
    parts: { identity: unread, credentials: unread, deployments: unread, roles: unread, connections: unread },
  };
}

/** The page with one part changed. */
export function withPart<Name extends DetailsPart>(state: DetailsState, name: Name, change: Partial<Part<DetailsValues[Name]>>): DetailsState {
  return { ...state, parts: { ...state.parts, [name]: { ...state.parts[name], ...change } } };
}
