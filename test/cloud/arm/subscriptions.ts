import type { ArmAnswer, ArmCall } from './armAnswer.ts';
import { ArmRefusal } from './armAnswer.ts';
import { isRecord, parseJson } from '../exchange.ts';
import { groupRow } from '../graph/graphRows.ts';
import { requireMfaForWrites, requirePermission } from './authenticate.ts';
import { pageOf } from './page.ts';
import { resourceGroupId } from './resources.ts';
import type { ResourceGroup, Subscription } from './resources.ts';

/** GET /tenants: every tenant the signed-in account belongs to, whichever tenant the token is of; for apps their own. */
export function listTenants(call: ArmCall): ArmAnswer {
  const { directory } = call.world;
  const account = directory.accountOfObject(call.caller.objectId);
  const ids = account === undefined ? [call.caller.tenantId] : account.memberships.map((membership) => membership.tenantId);
  const value = ids
    .map((id) => directory.tenants.get(id))
    .filter((tenant) => tenant !== undefined)
    .map((tenant) => ({
      id: `/tenants/${tenant.id}`,
      tenantId: tenant.id,
      countryCode: tenant.countryCode,
      displayName: tenant.displayName,
      domains: [tenant.defaultDomain],
      tenantCategory: 'Home',
      defaultDomain: tenant.defaultDomain,
      tenantType: 'AAD',
    }));
  return { status: 200, body: { value }, source: 'gateway' };
}

function subscriptionBody(subscription: Subscription): Record<string, unknown> {
  return {
    id: `/subscriptions/${subscription.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription.id,
    tenantId: subscription.tenantId,
    displayName: subscription.displayName,
    state: subscription.state,
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'PayAsYouGo_2014-09-01', spendingLimit: 'Off' },
  };
}

/** GET /subscriptions: those of the token's tenant in which the caller has any right. */
export function listSubscriptions(call: ArmCall): ArmAnswer {
  const { resources, rights, settings } = call.world;
  const visible = resources
    .subscriptions()
    .filter((item) => item.tenantId === call.caller.tenantId && rights.sees(call.caller.objectId, `/subscriptions/${item.id}`));
  const page = pageOf(call.request.url, visible, settings.pageSize.subscriptions);
  return { status: 200, body: { ...page, value: page.value.map(subscriptionBody), count: { type: 'Total', value: page.value.length } }, source: 'gateway' };
}

/** GET of one subscription. */
export function getSubscription(call: ArmCall, subscription: Subscription): ArmAnswer {
  const path = `/subscriptions/${subscription.id}`;
  if (!call.world.rights.sees(call.caller.objectId, path)) {
    requirePermission(call.world, call.caller, 'Microsoft.Resources/subscriptions/read', path);
  }
  return { status: 200, body: subscriptionBody(subscription), source: 'gateway' };
}

function groupBody(group: ResourceGroup): Record<string, unknown> {
  const { name, location, tags } = group;
  return {
    id: resourceGroupId(group),
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    properties: { provisioningState: 'Succeeded' },
  };
}

const readGroup = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** GET of the resource groups that the caller may see. */
export function listGroups(call: ArmCall, subscriptionId: string): ArmAnswer {
  const { resources, rights, settings } = call.world;
  const path = `/subscriptions/${subscriptionId}`;
  if (!rights.sees(call.caller.objectId, path)) {
    requirePermission(call.world, call.caller, readGroup, path);
  }
  const visible = resources.groups(subscriptionId).filter((group) => rights.sees(call.caller.objectId, resourceGroupId(group)));
  const page = pageOf(call.request.url, visible, settings.pageSize.resourceGroups);
  return { status: 200, body: { ...page, value: page.value.map(groupBody) }, source: 'gateway' };
}

/** GET or HEAD of one resource group. */
export function getGroup(call: ArmCall, subscriptionId: string, name: string): ArmAnswer {
  const group = call.world.resources.group(subscriptionId, name);
  if (!call.world.rights.sees(call.caller.objectId, `/subscriptions/${subscriptionId}/resourceGroups/${name}`)) {
    requirePermission(call.world, call.caller, readGroup, `/subscriptions/${subscriptionId}/resourceGroups/${name}`);
  }
  if (call.request.method === 'HEAD') {
    return { status: group === undefined ? 404 : 204, source: 'gateway' };
  }
  if (group === undefined) {
    throw new ArmRefusal(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`, { headers: { 'x-ms-failure-cause': 'gateway' } });
  }
  return { status: 200, body: groupBody(group), source: 'gateway' };
}

/**
 * PUT of one resource group: 201 for a new one, 200 for one that exists, whose region cannot change.
 * @see https://learn.microsoft.com/rest/api/resources/resource-groups/create-or-update
 */
export function putGroup(call: ArmCall, subscription: Subscription, name: string): ArmAnswer {
  const { world, caller } = call;
  requirePermission(world, caller, 'Microsoft.Resources/subscriptions/resourceGroups/write', `/subscriptions/${subscription.id}/resourceGroups/${name}`);
  requireMfaForWrites(world, caller);
  const body = parseJson(call.request.body);
  if (!isRecord(body) || typeof body['location'] !== 'string') {
    throw new ArmRefusal(400, 'LocationRequired', 'The location property is required for this definition.');
  }
  if (!/^[-\w._()]{0,89}[-\w_()]$/u.test(name)) {
    throw new ArmRefusal(400, 'InvalidResourceGroup', `The provided resource group name '${name}' has these invalid characters or ends with a period. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`);
  }
  const location = body['location'].toLowerCase().replaceAll(' ', '');
  const existing = world.resources.group(subscription.id, name);
  if (existing !== undefined && existing.location !== location) {
    throw new ArmRefusal(409, 'InvalidResourceGroupLocation', `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`);
  }
  const tags = isRecord(body['tags']) ? Object.fromEntries(Object.entries(body['tags']).map(([key, value]) => [key, String(value)])) : {};
  const group: ResourceGroup = { subscriptionId: subscription.id, name: existing?.name ?? name, location, tags };
  if (existing === undefined) {
    world.created(groupRow(group, subscription.tenantId));
  } else {
    world.changing(groupRow(existing, subscription.tenantId));
  }
  world.resources.addGroup(group);
  return { status: existing === undefined ? 201 : 200, body: groupBody(group), source: 'gateway' };
}
