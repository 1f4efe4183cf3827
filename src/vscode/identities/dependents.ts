import * as vscode from 'vscode';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { ConnectionUse, Dependents, LeftAssignment, LostCredential, UnreadPart } from '../../identity/deletePlan.ts';
import type { ScopeRoles } from '../../identity/heldRoles.ts';
import { missingRolesText, roleTitle } from '../../identity/heldRoles.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { describeScope } from '../../identity/scopeName.ts';
import { usesOf } from '../../trust/details/connectionUses.ts';
import { servedWorkloads } from '../../trust/servedWorkloads.ts';
import { listDeployments } from '../deployments/listDeployments.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Services } from '../services.ts';

type Needs = Pick<Services, 'azure' | 'clouds' | 'commands' | 'deployments' | 'log' | 'roles'>;

/**
 * Reads what depends on an identity, all parts at once. A part that cannot be read is named among `unread`.
 * @throws an `AbortError` when `signal` is aborted.
 */
export async function dependentsOf(
  services: Needs,
  projects: AstroProjects,
  identity: ManagedIdentity,
  signal: AbortSignal,
): Promise<Dependents> {
  const unread: UnreadPart[] = [];
  const part = async <T>(what: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await services.commands.resuming(`delete identity: ${what}`, read);
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      const failure = toAirflowIdentityError(error);
      services.log.failure('delete identity: what depends on it', failure);
      unread.push({ what, reason: failure.message });
      return [];
    }
  };
  const [credentials, assignments, hosts, connections] = await Promise.all([
    part(vscode.l10n.t('Federated credentials'), () => lostCredentials(services, identity, signal)),
    part(vscode.l10n.t('Role assignments'), async () => {
      const found = await services.roles.roles(identity, signal);
      const reason = missingRolesText(found);
      unread.push(...(reason === undefined ? [] : [{ what: vscode.l10n.t('Role assignments'), reason }]));
      return leftAssignments(found.scopes, identity);
    }),
    part(vscode.l10n.t('Resources'), () => services.azure().hostsOf(identity, signal)),
    part(vscode.l10n.t('Airflow connections'), () => connectionsOf(projects, identity, unread, signal)),
  ]);
  signal.throwIfAborted();
  return { credentials, assignments, hosts, connections, unread };
}

/** Credentials with the workloads that sign in through each, as far as deployments can be listed. */
async function lostCredentials(services: Needs, identity: ManagedIdentity, signal: AbortSignal): Promise<readonly LostCredential[]> {
  const { azure, clouds, deployments, log } = services;
  const [credentials, listed] = await Promise.all([azure().credentials(identity, signal), listDeployments(deployments.all, signal)]);
  for (const failure of listed.failures) {
    log.failure('delete identity: deployments', failure);
  }
  return credentials.map((credential) => ({
    credential,
    servedTo: servedWorkloads(credential, listed.deployments, clouds.audience).map(({ deployment, title }) => vscode.l10n.t('{0} of {1}', title, deployment.name)),
  }));
}

/** Each assignment once, at the scope it was given on. What comes through a group stays with the group. */
function leftAssignments(scopes: readonly ScopeRoles[], { principalId, subscriptionId }: ManagedIdentity): readonly LeftAssignment[] {
  return scopes.flatMap(({ scope, roles }) =>
    roles
      .filter(({ inheritedFrom, assignment }) => inheritedFrom === undefined && assignment.effect === 'allow' && sameArmId(assignment.principalId, principalId))
      .map((held) => ({
        assignment: held.assignment,
        roleName: roleTitle(held),
        scopeName: describeScope(scope),
        subscriptionId: /^\/subscriptions\/([^/]+)/i.exec(scope.id)?.[1] ?? subscriptionId,
      })));
}

/** A file that cannot be read might name the identity as well. */
async function connectionsOf(projects: AstroProjects, identity: ManagedIdentity, unread: UnreadPart[], signal: AbortSignal): Promise<readonly ConnectionUse[]> {
  const found = await projects.identityConnections(signal);
  unread.push(...found.flatMap(({ label, problem }) => (problem === undefined ? [] : [{ what: label, reason: problem }])));
  return usesOf(identity, found).map(({ label, connection: { connection } }) => ({ connectionId: connection.connectionId, file: label }));
}
