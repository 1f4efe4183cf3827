import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { deleteRoleAssignment, getRoleAssignment, listRoleAssignments, putRoleAssignment } from './roleAssignments.ts';
import { getRoleDefinition, listDenyAssignments, listPermissions, listRoleDefinitions } from './roleDefinitions.ts';

type Answering = (call: ArmCall, scope: string, name: string) => ArmAnswer | Promise<ArmAnswer>;

const lists: Readonly<Record<string, Answering>> = {
  'GET permissions': listPermissions,
  'GET roleassignments': listRoleAssignments,
  'GET roledefinitions': listRoleDefinitions,
  'GET denyassignments': listDenyAssignments,
};

const ones: Readonly<Record<string, Answering>> = {
  'GET roleassignments': getRoleAssignment,
  'PUT roleassignments': putRoleAssignment,
  'DELETE roleassignments': deleteRoleAssignment,
  'GET roledefinitions': getRoleDefinition,
};

/** Calls of Microsoft.Authorization, which hangs on any scope; `undefined` for other paths and for what is not held. */
export function authorizationRoute(call: ArmCall, path: string): ArmAnswer | Promise<ArmAnswer> | undefined {
  const found = /^(?<scope>.*)\/providers\/microsoft\.authorization\/(?<kind>\w+)(?:\/(?<name>[^/]+))?$/iu.exec(path)?.groups;
  if (found === undefined) {
    return undefined;
  }
  const { scope = '', kind = '', name } = found;
  const wanted = `${call.request.method} ${kind.toLowerCase()}`;
  return name === undefined ? lists[wanted]?.(call, scope, '') : ones[wanted]?.(call, scope, name);
}
