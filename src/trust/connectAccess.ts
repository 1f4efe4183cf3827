import type { AccessScope } from '../identity/accessScope.ts';
import type { NeededRights } from '../identity/permissionCheck.ts';
import type { RowProgress } from './apply.ts';
import type { ConnectState, Effect } from './connectState.ts';

/** What is known about giving a role, before it is given. */
export type AccessCheck =
  | { readonly kind: 'checking' }
  /** It could not be read; Azure itself will say. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly held: boolean; /** Under which alone it is held. */ readonly condition?: string | undefined; readonly missing: NeededRights | undefined };

/** A role that the identity is given together with its credentials. */
export interface AccessRow {
  readonly id: string;
  readonly scope: AccessScope;
  readonly roleId: string;
  readonly roleName: string;
  readonly check: AccessCheck;
}

/** Roles that applying would give: all that are not held already. What is still being checked counts as not held. */
export function accessToWrite(state: Pick<ConnectState, 'access'>): readonly AccessRow[] {
  return state.access.filter(({ check }) => check.kind !== 'known' || !check.held);
}

/** A role on a scope, of which nothing is known yet. */
export function accessRow(scope: AccessScope, role: { readonly roleId: string; readonly name: string }): AccessRow {
  return { id: `${scope.id.toLowerCase()}|${role.roleId}`, scope, roleId: role.roleId, roleName: role.name, check: { kind: 'checking' } };
}

/** Adds a role on a scope, once. */
export function withAccess(state: ConnectState, scope: AccessScope, role: { readonly roleId: string; readonly name: string }): ConnectState {
  const row = accessRow(scope, role);
  return state.access.some(({ id }) => id === row.id) ? state : { ...state, access: [...state.access, row] };
}

/** Takes what was found out about a role; an unknown id changes nothing. */
export function withAccessCheck(state: ConnectState, rowId: string, check: AccessCheck): ConnectState {
  return { ...state, access: state.access.map((row) => (row.id === rowId ? { ...row, check } : row)) };
}

/** Another identity, or the same one read anew: nothing is known about its roles, and those of another tenant cannot be given to it. */
export function accessForIdentity(state: ConnectState): ConnectState {
  if (state.identity.kind !== 'chosen') {
    return state;
  }
  const { account, tenantId } = state.identity.value.identity;
  const possible = state.access.filter(({ scope }) => scope.account.id === account.id && scope.tenantId === tenantId);
  return { ...state, access: possible.map((row) => ({ ...row, check: { kind: 'checking' } })) };
}

/** What has to be read about rights for the chosen identity: one request per scope. */
export function rightsEffects(state: ConnectState): readonly Effect[] {
  if (state.identity.kind !== 'chosen') {
    return [];
  }
  const { identity } = state.identity.value;
  return [{ kind: 'checkRights', identity }, ...state.access.map((row) => ({ kind: 'checkAccess', row, identity }) as const)];
}

/** After a run, what was given is held. */
export function accessAfterRun(state: ConnectState): readonly AccessRow[] {
  const progress: ReadonlyMap<string, RowProgress> = state.run?.access ?? new Map();
  return state.access.map((row) => (progress.get(row.id)?.state === 'done' ? { ...row, check: { kind: 'known', held: true, missing: undefined } } : row));
}
