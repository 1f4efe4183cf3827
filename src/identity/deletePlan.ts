import * as l10n from '@vscode/l10n';
import type { RoleAssignment } from './accessScope.ts';
import type { FederatedCredential } from './federatedCredential.ts';
import type { IdentityHost } from './identityAdminPort.ts';

/** A federated credential that goes with the identity. */
export interface LostCredential {
  readonly credential: FederatedCredential;
  /** The workloads of known deployments that sign in through it, in words. */
  readonly servedTo: readonly string[];
}

/** A role assignment that would stay behind, naming a principal that is no more. Deny assignments are Azure's own and none of them. */
export interface LeftAssignment {
  readonly assignment: RoleAssignment;
  readonly roleName: string;
  /** What the role was given on, in words. */
  readonly scopeName: string;
  /** The subscription that it is listed in; the identity's own for what is above all subscriptions. */
  readonly subscriptionId: string;
}

/** An Airflow connection of the workspace that signs in as the identity. */
export interface ConnectionUse {
  readonly connectionId: string;
  /** The settings file it stands in, as the user knows it. */
  readonly file: string;
}

/** A part of the answer that could not be had. */
export interface UnreadPart {
  /** What was to be read, in words. */
  readonly what: string;
  readonly reason: string;
}

/** What depends on an identity. */
export interface Dependents {
  readonly credentials: readonly LostCredential[];
  readonly assignments: readonly LeftAssignment[];
  readonly hosts: readonly IdentityHost[];
  readonly connections: readonly ConnectionUse[];
  readonly unread: readonly UnreadPart[];
}

/** One write of a deletion. */
export type DeleteStep =
  | { readonly kind: 'assignment'; readonly left: LeftAssignment }
  | { readonly kind: 'identity'; readonly name: string };

/** True when something depends on the identity, or might: what could not be read counts as in use. */
export function isInUse(dependents: Dependents): boolean {
  const { credentials, assignments, hosts, connections, unread } = dependents;
  return [credentials, assignments, hosts, connections, unread].some((part) => part.length > 0);
}

/**
 * The writes of a deletion in their order. Assignments come first: once the identity is gone they name a principal that
 * nobody can look up any more (Microsoft Learn: role-based access control, "symptom: role assignments with identity not found").
 */
export function deleteSteps(name: string, dependents: Dependents, options: { readonly removeAssignments: boolean }): readonly DeleteStep[] {
  const assignments = options.removeAssignments ? dependents.assignments : [];
  return [...assignments.map((left) => ({ kind: 'assignment', left }) as const), { kind: 'identity', name }];
}

/** Says what a step does, for progress. */
export function describeStep(step: DeleteStep): string {
  return step.kind === 'identity'
    ? l10n.t('Deleting {0}', step.name)
    : l10n.t('Removing {0} on {1}', step.left.roleName, step.left.scopeName);
}

/** What depends on the identity in one sentence, such as "7 federated credentials, 2 role assignments". Empty when nothing does. */
export function describeDependents(dependents: Dependents): string {
  const { credentials, assignments, hosts, connections } = dependents;
  const parts = [
    credentials.length === 0 ? '' : credentials.length === 1 ? l10n.t('1 federated credential') : l10n.t('{0} federated credentials', credentials.length),
    assignments.length === 0 ? '' : assignments.length === 1 ? l10n.t('1 role assignment') : l10n.t('{0} role assignments', assignments.length),
    hosts.length === 0 ? '' : hosts.length === 1 ? l10n.t('1 resource') : l10n.t('{0} resources', hosts.length),
    connections.length === 0 ? '' : connections.length === 1 ? l10n.t('1 Airflow connection') : l10n.t('{0} Airflow connections', connections.length),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
