import type { AccessScope } from '../../../src/identity/accessScope.ts';
import { builtInRoles } from '../../../src/identity/roleNames.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { contoso, neverCanceled } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';
import { arm, put } from './refusalCases.ts';
import type { RefusalCase } from './refusalCases.ts';

const { identities, subscriptions } = sample;
const assignmentScope: AccessScope = { ...contoso, id: `/subscriptions/${subscriptions.production}`, kind: 'subscription', name: 'any', subscriptionId: subscriptions.production };

/** A role that is given. */
const assign = (client: CloudClient): Promise<unknown> =>
  client.azure.assignRole({ scope: assignmentScope, roleId: builtInRoles.reader.roleId, principalId: identities.airflowProd.principalId }, neverCanceled());

/** Refusals about rights, by their codes and texts in Microsoft's documentation. */
export const ofRights: readonly RefusalCase[] = [
  {
    when: 'the user may not give roles, or not this one',
    effect: arm(
      403,
      'AuthorizationFailed',
      "The client 'dana' with object id 'oid' does not have authorization or an ABAC condition not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/s' or the scope is invalid. If access was recently granted, please refresh your credentials.",
    ),
    work: assign,
    code: 'forbidden',
    message: /^You do not have the right Microsoft\.Authorization\/roleAssignments\/write on \/subscriptions\/s\.$/,
    fix: /Role Based Access Control Administrator.*condition/,
    details: { status: 403, serviceCode: 'AuthorizationFailed' },
  },
  {
    when: 'the user may write a machine but not assign the identities on it',
    effect: arm(
      403,
      'LinkedAuthorizationFailed',
      "The client 'dana' with object id 'oid' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '/vm'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '/identity' or the linked scope(s) are invalid.",
    ),
    work: put,
    code: 'forbidden',
    message: /^You do not have the right Microsoft\.ManagedIdentity\/userAssignedIdentities\/assign\/action on \/identity\.$/,
    fix: /Managed Identity Operator/,
    details: { serviceCode: 'LinkedAuthorizationFailed' },
  },
  {
    when: 'a deny assignment wins',
    effect: arm(
      403,
      'DenyAssignmentAuthorizationFailed',
      "The client 'dana' with object id 'oid' has permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/write' on scope '/s'; however, the access is denied because of the deny assignment with name 'Stack' and Id 'id' at scope '/s'.",
    ),
    work: put,
    code: 'forbidden',
    message: /^A deny assignment forbids this: .*'Stack'/,
    fix: /deployment stack/,
    details: { serviceCode: 'DenyAssignmentAuthorizationFailed' },
  },
  {
    when: 'the region is closed to the subscription',
    effect: arm(403, 'RequestDisallowedByAzure', 'Resource was disallowed by Azure.'),
    work: put,
    code: 'forbidden',
    message: /in the region for your subscription/,
    fix: /another region/,
    details: { serviceCode: 'RequestDisallowedByAzure' },
  },
  {
    when: 'an assignment of this name stands for something else',
    effect: arm(400, 'RoleAssignmentUpdateNotPermitted', 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.'),
    work: assign,
    code: 'conflict',
    message: /stands for another role, identity or place/,
    fix: /Remove that assignment/,
    details: { status: 400, serviceCode: 'RoleAssignmentUpdateNotPermitted' },
  },
  {
    when: 'the subscription takes no more role assignments',
    effect: arm(400, 'RoleAssignmentLimitExceeded', 'The role assignment limit for the subscription has been exceeded.'),
    work: assign,
    code: 'conflict',
    message: /as many role assignments as Azure allows/,
    fix: /group/,
    details: { serviceCode: 'RoleAssignmentLimitExceeded' },
  },
  {
    when: 'the role was deleted meanwhile',
    effect: arm(404, 'RoleDefinitionDoesNotExist', "The specified role definition with ID 'guid' does not exist."),
    work: assign,
    code: 'notFound',
    message: /^The role does not exist any more\.$/,
    fix: /another role/,
    details: { serviceCode: 'RoleDefinitionDoesNotExist' },
  },
  {
    when: 'the subscription is not registered for a provider',
    effect: arm(409, 'MissingSubscriptionRegistration', "The subscription is not registered to use namespace 'Microsoft.Web'. See https://aka.ms/rps-not-found for how to register subscriptions."),
    work: put,
    code: 'conflict',
    message: /not registered for Microsoft\.Web\./,
    fix: /az provider register --namespace Microsoft\.Web/,
    details: { serviceCode: 'MissingSubscriptionRegistration' },
  },
  {
    when: 'the subscription is disabled',
    effect: arm(409, 'ReadOnlyDisabledSubscription', "The subscription 's' is disabled and therefore marked as read only."),
    work: put,
    code: 'conflict',
    message: /subscription is disabled/,
    fix: /enable it again/,
    details: { serviceCode: 'ReadOnlyDisabledSubscription' },
  },
  {
    when: 'the region does not offer identities',
    effect: arm(400, 'LocationNotAvailableForResourceType', "The provided location 'x' is not available for resource type 'Microsoft.ManagedIdentity/userAssignedIdentities'."),
    work: put,
    code: 'invalidInput',
    message: /^The region does not offer this/,
    fix: /another region/,
    details: { serviceCode: 'LocationNotAvailableForResourceType' },
  },
];
