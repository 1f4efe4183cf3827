import type { AccessScope } from '../identity/accessScope.ts';
import type { TenantRef } from '../identity/managedIdentity.ts';
import type { BuiltInRole } from '../identity/roleNames.ts';
import { scopeName } from '../identity/scopeName.ts';
import { valuesOfResource } from '../connection/chosenResource.ts';
import type { ConnectionResource } from '../connection/connectionResource.ts';
import type { ConnectionType, FieldSource } from '../connection/connectionType.ts';
import { connectionTypeOf, connectionTypes } from '../connection/types/connectionTypes.ts';
import { replan } from './connectTarget.ts';
import { only } from './connectStep.ts';
import type { Step } from './connectStep.ts';
import type { ConnectState } from './connectState.ts';

/** The id that a connection has until the user says otherwise. */
const firstConnectionId = 'azure_wi';

/** What the flow starts from. */
export const emptyConnection: ConnectState['connection'] = {
  connectionId: firstConnectionId, type: 'azure', values: {}, resource: undefined, target: '', declined: false, overwrite: false,
};

/** The type that is chosen; an id that the catalogue does not have (any more) counts as `azure`. */
export function chosenType(state: ConnectState): ConnectionType | undefined {
  return connectionTypeOf(state.connection.type) ?? connectionTypes()[0];
}

/** Another type: what was typed for the other one is kept, the id follows where it was nobody's choice. */
export function setType(state: ConnectState, id: string): Step {
  const type = connectionTypeOf(id);
  if (type === undefined) {
    return only(state);
  }
  const { connection } = state;
  return replan({ ...state, connection: { ...connection, type: type.id, values: withSubscription(state, valuesFor(type, chosenType(state), connection.values), type), overwrite: false } });
}

/**
 * What the fields of a type hold when it takes the place of another one. Only where something lies means the same in all types;
 * a host or a login of another type is kept under the name of that type until the user comes back to it.
 */
function valuesFor(type: ConnectionType, before: ConnectionType | undefined, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (before === undefined || before.id === type.id) {
    return values;
  }
  const own = before.fields.filter((field) => !isPlace(field.source)).map(({ id }) => id);
  const kept = {
    ...Object.fromEntries(Object.entries(values).filter(([id]) => !own.includes(id))),
    ...Object.fromEntries(own.flatMap((id) => (values[id] === undefined ? [] : [[`${before.id} ${id}`, values[id]]]))),
  };
  return { ...kept, ...Object.fromEntries(type.fields.flatMap(({ id }) => {
    const value = kept[`${type.id} ${id}`];
    return value === undefined ? [] : [[id, value]];
  })) };
}

function isPlace(source: FieldSource | undefined): boolean {
  return source === 'subscription' || source === 'resourceGroup';
}

/** What the user typed into a field of the type. */
export function setField(state: ConnectState, field: string, value: string): Step {
  const { connection } = state;
  return replan({ ...state, connection: { ...connection, values: { ...connection.values, [field]: value.trim() }, overwrite: false } });
}

/** Asks for a resource, where the field can be filled from one. */
export function askForResource(state: ConnectState, id: string): Step {
  const source = chosenType(state)?.fields.find((field) => field.id === id)?.source;
  return source === undefined || state.identity.kind !== 'chosen'
    ? only(state)
    : only(state, { kind: 'chooseResource', source, identity: state.identity.value.identity });
}

/** Fills what the resource says; of fields of which one is enough, those that it does not fill are emptied. */
export function resourceChosen(state: ConnectState, source: FieldSource, resource: ConnectionResource): Step {
  const type = chosenType(state);
  if (type === undefined || state.phase !== 'review') {
    return only(state);
  }
  const { connection } = state;
  const filled = valuesOfResource(type, source, resource);
  const others = type.fields.filter(({ id, need }) => need === 'choice' && !isPlace(source) && filled[id] === undefined).map(({ id }): [string, string] => [id, '']);
  return replan({
    ...state,
    connection: {
      ...connection,
      values: { ...connection.values, ...Object.fromEntries(others), ...filled },
      resource: isPlace(source) ? connection.resource : resource,
      overwrite: false,
    },
  });
}

/** The role that the identity needs on the chosen resource, unless it is planned; the resource has to be the one in the fields. */
export function neededAccess(state: ConnectState): { readonly scope: AccessScope; readonly role: BuiltInRole } | undefined {
  const type = chosenType(state);
  const { resource, values, target } = state.connection;
  if (type?.role === undefined || resource === undefined || state.identity.kind !== 'chosen' || target === '') {
    return undefined;
  }
  const isStill = type.fields.some(({ id, source, fill }) =>
    source !== undefined && !isPlace(source) && fill !== undefined && values[id] === fill(resource));
  const { role } = type;
  const scope = scopeOfResource(resource, state.identity.value.identity);
  const isPlanned = state.access.some((row) => row.roleId === role.roleId && row.scope.id.toLowerCase() === scope.id.toLowerCase());
  return isStill && !isPlanned ? { scope, role } : undefined;
}

/** The subscription of another identity takes the place of the last one's, unless the user chose one. */
export function withIdentitySubscription(state: ConnectState, subscriptionId: string): ConnectState['connection'] {
  const { connection } = state;
  const before = state.identity.kind === 'chosen' ? state.identity.value.identity.subscriptionId : '';
  const values = Object.fromEntries(subscriptionKeys.map((key) => {
    const value = connection.values[key] ?? '';
    return [key, value === '' || value === before ? subscriptionId : value];
  }));
  return { ...connection, values: { ...connection.values, ...values } };
}

const subscriptionKeys = ['subscriptionId', 'subscription_id'] as const;

function withSubscription(state: ConnectState, values: Readonly<Record<string, string>>, type: ConnectionType): Readonly<Record<string, string>> {
  const own = type.fields.find(({ source }) => source === 'subscription')?.id;
  const chosen = state.identity.kind === 'chosen' ? state.identity.value.identity.subscriptionId : '';
  return own === undefined || (values[own] ?? '') !== '' ? values : { ...values, [own]: chosen };
}

/** A resource as a place that a role can be given on, seen as the identity is. */
export function scopeOfResource({ id, name, subscriptionId }: ConnectionResource, { account, tenantId }: TenantRef): AccessScope {
  const { kind } = scopeName(id);
  return { account, tenantId, id, name, subscriptionId, kind: kind === 'root' || kind === 'managementGroup' ? 'other' : kind };
}
