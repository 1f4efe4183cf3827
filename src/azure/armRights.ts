import * as v from 'valibot';
import { AirflowIdentityError } from '../errors.ts';
import type { AccessScope, AccessScopeKind, Permission, RoleAssignment, RoleAssignmentWrite, RoleDefinition } from '../identity/accessScope.ts';
import { sameArmId } from '../identity/armId.ts';
import { assignmentName } from '../identity/assignmentName.ts';
import { roleIdOf } from '../identity/heldRoles.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import type { RightsPort } from '../identity/rightsPort.ts';
import type { ArmConnection } from './armClients.ts';
import { armPath, isGone } from './armPaths.ts';
import { armAnswer, armPages, armRequest, checkedAnswer } from './armRequests.ts';
import type { ArmRequest } from './armRequests.ts';
import { graphPages, kqlText, kqlTexts } from './resourceGraph.ts';
import {
  accessScopeOf,
  assignedScopeSchema,
  assignmentIdSchema,
  denyAssignmentOf,
  denyAssignmentSchema,
  permissionOf,
  permissionSchema,
  roleAssignmentOf,
  roleAssignmentSchema,
  roleDefinitionOf,
  roleDefinitionSchema,
  scopeRowSchema,
} from './rightsAnswers.ts';
import { SharedReads } from '../sharedReads.ts';

type SubscriptionPlace = TenantRef & { readonly subscriptionId: string };

const authorization = 'providers/Microsoft.Authorization';
const apiVersion = '2022-04-01';

/** How long the user's own rights on a scope are taken as read, in milliseconds: a right that was just granted should soon count. */
const permissionsKeptMs = 30_000;

/** Waits before a principal that the directory does not know yet is named again, in milliseconds; ASO's recordings needed two tries. */
const principalWaitsMs = [2_000, 4_000, 8_000, 16_000, 16_000] as const;

const resourceTypes: Readonly<Record<Exclude<AccessScopeKind, 'container'>, readonly string[]>> = {
  subscription: ['microsoft.resources/subscriptions'],
  resourceGroup: ['microsoft.resources/subscriptions/resourcegroups'],
  storageAccount: ['microsoft.storage/storageaccounts'],
  vault: ['microsoft.keyvault/vaults'],
  factory: ['microsoft.datafactory/factories'],
  other: ['microsoft.servicebus/namespaces', 'microsoft.containerinstance/containergroups'],
};

/** Roles in Azure through `Microsoft.Authorization`. */
export class ArmRights implements RightsPort {
  readonly #arm: ArmConnection;
  readonly #definitions: SharedReads<readonly RoleDefinition[]>;
  readonly #permissions: SharedReads<readonly Permission[]>;

  constructor(arm: ArmConnection) {
    this.#arm = arm;
    this.#definitions = new SharedReads(arm.clock, Number.POSITIVE_INFINITY);
    this.#permissions = new SharedReads(arm.clock, permissionsKeptMs);
  }

  async roleAssignments(place: SubscriptionPlace, principalId: string, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
    const [given, denied] = await Promise.all([this.#given(place, principalId, signal), this.#denied(place, principalId, signal)]);
    return [...given, ...denied];
  }

  /** The table is that of Microsoft Learn, governance/resource-graph/samples (authorizationresources). */
  async subscriptionsWithRoles(tenant: TenantRef, principalId: string, signal: AbortSignal): Promise<readonly string[]> {
    const query = [
      "authorizationresources | where type =~ 'microsoft.authorization/roleassignments'",
      `where tostring(properties.principalId) =~ ${kqlText(principalId)}`,
      'project id, scope = tostring(properties.scope) | order by id asc',
    ].join(' | ');
    const pages = await Array.fromAsync(graphPages(this.#arm, tenant, { text: query, rows: v.array(assignedScopeSchema) }, signal));
    const ids = pages.flatMap(({ rows }) => rows).map(({ scope }) => /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1]?.toLowerCase());
    return [...new Set(ids.filter((id) => id !== undefined))];
  }

  roleDefinitions(place: SubscriptionPlace, signal: AbortSignal): Promise<readonly RoleDefinition[]> {
    return this.#definitions.read(
      keyOf(place, place.subscriptionId),
      async (shared) => {
        const request = { path: `/subscriptions/${place.subscriptionId}/${authorization}/roleDefinitions`, apiVersion };
        const pages = await Array.fromAsync(armPages(this.#arm, place, request, roleDefinitionSchema, shared));
        return pages.flat().map(roleDefinitionOf);
      },
      signal,
    );
  }

  /** Looks first: ARM's PUT on a standing assignment would take a condition away that somebody gave it. */
  async assignRole(write: RoleAssignmentWrite, signal: AbortSignal): Promise<{ readonly outcome: 'created' | 'existed'; readonly id: string }> {
    const { scope, roleId, principalId } = write;
    const name = await assignmentName(scope.id, principalId, roleId);
    const place = { path: `${armPath(scope.id)}/${authorization}/roleAssignments/${name}`, apiVersion };
    const roleDefinitionId = `/subscriptions/${scope.subscriptionId}/${authorization}/roleDefinitions/${roleId}`;
    try {
      const standing = await this.#standing(scope, place, signal);
      if (standing !== undefined && isSameRole(standing, write)) {
        return { outcome: 'existed', id: standing.id };
      }
      const body = { properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' } };
      const answer = await this.#put(scope, { method: 'PUT', ...place, body }, signal);
      const { id } = checkedAnswer(assignmentIdSchema, answer.body, { method: 'PUT', host: this.#arm.cloud().armHost, path: place.path });
      return { outcome: answer.status === 201 ? 'created' : 'existed', id };
    } catch (error) {
      if (error instanceof AirflowIdentityError && error.details.serviceCode === 'RoleAssignmentExists') {
        return { outcome: 'existed', id: await this.#existing(write, signal) };
      }
      throw this.#refused(error);
    }
  }

  async removeRoleAssignment(place: TenantRef, assignmentId: string, signal: AbortSignal): Promise<void> {
    try {
      await armRequest(this.#arm, place, { method: 'DELETE', path: armPath(assignmentId), apiVersion }, signal);
    } catch (error) {
      if (!isGone(error)) {
        throw this.#refused(error);
      }
    }
  }

  permissions(place: TenantRef, scopeId: string, signal: AbortSignal): Promise<readonly Permission[]> {
    return this.#permissions.read(
      keyOf(place, scopeId),
      async (shared) => {
        const request = { path: `${armPath(scopeId)}/${authorization}/permissions`, apiVersion };
        return (await Array.fromAsync(armPages(this.#arm, place, request, permissionSchema, shared))).flat().map(permissionOf);
      },
      signal,
    );
  }

  async *scopes(tenant: TenantRef, kinds: readonly AccessScopeKind[], signal: AbortSignal): AsyncGenerator<readonly AccessScope[], void, undefined> {
    const types = kinds.flatMap((kind) => (kind === 'container' ? [] : resourceTypes[kind]));
    const isContainer = (type: string): boolean => type.startsWith('microsoft.resources/');
    const queries = [
      { table: 'resourcecontainers', types: types.filter(isContainer) },
      { table: 'resources', types: types.filter((type) => !isContainer(type)) },
    ].filter((query) => query.types.length > 0);
    for (const { table, types: wanted } of queries) {
      const query = `${table} | where type in~ ${kqlTexts(wanted)} | project id, name | order by id asc`;
      for await (const { rows } of graphPages(this.#arm, tenant, { text: query, rows: v.array(scopeRowSchema) }, signal)) {
        yield rows.flatMap((row) => accessScopeOf(row, tenant) ?? []);
      }
    }
  }

  async *containers(account: AccessScope, signal: AbortSignal): AsyncGenerator<readonly AccessScope[], void, undefined> {
    const request = { path: `${armPath(account.id)}/blobServices/default/containers`, apiVersion: '2023-05-01' };
    for await (const page of armPages(this.#arm, account, request, scopeRowSchema, signal)) {
      yield page.flatMap((row) => accessScopeOf(row, account) ?? []);
    }
  }

  /** Reads everything anew; call it when accounts were signed in or out. */
  forget(): void {
    this.#definitions.forget();
    this.#permissions.forget();
  }

  /**
   * What was given to the principal and to its groups. `assignedTo` looks the principal up in the directory, which may not
   * know a fresh one yet; `principalId eq` does not (Microsoft Learn: "List Azure role assignments using the REST API").
   */
  async #given(place: SubscriptionPlace, principalId: string, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
    try {
      return await this.#assignments(place, `/subscriptions/${place.subscriptionId}`, `assignedTo('${principalId}')`, signal);
    } catch (error) {
      if (error instanceof AirflowIdentityError && (error.code === 'invalidInput' || error.details.serviceCode === 'PrincipalNotFound')) {
        return this.#assignments(place, `/subscriptions/${place.subscriptionId}`, `principalId eq '${principalId}'`, signal);
      }
      throw error;
    }
  }

  /** Who may not read deny assignments still sees the roles. */
  async #denied(place: SubscriptionPlace, principalId: string, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
    const request = { path: `/subscriptions/${place.subscriptionId}/${authorization}/denyAssignments`, apiVersion, query: { $filter: `principalId eq '${principalId}'` } };
    try {
      const pages = await Array.fromAsync(armPages(this.#arm, place, request, denyAssignmentSchema, signal));
      return pages.flat().map((item) => denyAssignmentOf(item, principalId));
    } catch (error) {
      if (error instanceof AirflowIdentityError && error.code === 'forbidden') {
        return [];
      }
      throw error;
    }
  }

  async #assignments(place: TenantRef, scopeId: string, filter: string, signal: AbortSignal): Promise<readonly RoleAssignment[]> {
    const request = { path: `${armPath(scopeId)}/${authorization}/roleAssignments`, apiVersion, query: { $filter: filter } };
    return (await Array.fromAsync(armPages(this.#arm, place, request, roleAssignmentSchema, signal))).flat().map(roleAssignmentOf);
  }

  async #standing(owner: TenantRef, place: Pick<ArmRequest, 'path' | 'apiVersion'>, signal: AbortSignal): Promise<RoleAssignment | undefined> {
    try {
      return roleAssignmentOf(await armAnswer(this.#arm, owner, { method: 'GET', ...place }, roleAssignmentSchema, signal));
    } catch (error) {
      if (error instanceof AirflowIdentityError && error.details.serviceCode === 'RoleAssignmentNotFound') {
        return undefined;
      }
      throw error;
    }
  }

  /** The assignment that stands under another name; newer texts name it, older ones do not, so it is looked for. */
  async #existing(write: RoleAssignmentWrite, signal: AbortSignal): Promise<string> {
    const { scope, roleId, principalId } = write;
    const standing = await this.#assignments(scope, scope.id, `principalId eq '${principalId}'`, signal);
    const found = standing.find((held) => sameArmId(held.scopeId, scope.id) && isSameRole(held, write));
    return found?.id ?? `${scope.id}/${authorization}/roleAssignments/${await assignmentName(scope.id, principalId, roleId)}`;
  }

  /** Tried once, but for a principal that was made moments ago: the directory's replicas learn of it one after another. */
  async #put(owner: TenantRef, request: ArmRequest, signal: AbortSignal): Promise<{ readonly status: number; readonly body: unknown }> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await armRequest(this.#arm, owner, request, signal);
      } catch (error) {
        const waitMs = principalWaitsMs[tries - 1];
        if (!(error instanceof AirflowIdentityError) || error.details.serviceCode !== 'PrincipalNotFound' || waitMs === undefined) {
          throw error;
        }
        this.#arm.log.waiting({ method: request.method, host: this.#arm.cloud().armHost, path: request.path, attempt: tries + 1, waitMs, reason: 'PrincipalNotFound' });
        await this.#arm.clock.sleep(waitMs, signal);
      }
    }
  }

  /** A refusal shows that the rights are others than those that were read. */
  #refused(error: unknown): unknown {
    if (error instanceof AirflowIdentityError && error.code === 'forbidden') {
      this.#permissions.forget();
    }
    return error;
  }
}

function isSameRole(held: RoleAssignment, wanted: Pick<RoleAssignmentWrite, 'roleId' | 'principalId'>): boolean {
  return sameArmId(held.principalId, wanted.principalId) && roleIdOf(held.roleDefinitionId) === wanted.roleId.toLowerCase();
}

function keyOf({ account, tenantId }: TenantRef, place: string): string {
  return JSON.stringify([account.id, tenantId, place.toLowerCase()]);
}
