import type { RightsPort } from '../../identity/rightsPort.ts';
import type { RoleStore } from '../../trust/applyAccess.ts';
import type { Actions } from '../actions.ts';
import { holdsRole } from './accessCheck.ts';

/** Roles in Azure. What only lacks a sign-in waits for it and then goes on by itself. */
export function roleStore(azure: Pick<RightsPort, 'assignRole' | 'roleAssignments'>, actions: Pick<Actions, 'resuming'>): RoleStore {
  return {
    assign: async (write, signal) => (await actions.resuming('connect: give access', () => azure.assignRole(write, signal))).outcome,
    holds: (write, signal) => actions.resuming('connect: read access', () => holdsRole(azure, write, signal)),
  };
}
