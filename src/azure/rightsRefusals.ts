import * as l10n from '@vscode/l10n';
import { smallestRoleFor } from '../identity/permissionCheck.ts';
import { textOf } from './armRefusal.ts';
import type { Said, Wording } from './armRefusal.ts';

/*
 * Refusals that are about rights. Codes and texts: Microsoft Learn, "Troubleshoot Azure RBAC" and "Troubleshoot Azure RBAC
 * limits"; `PrincipalNotFound` also from a recording of azure-service-operator.
 */

/** A refusal of `Microsoft.Authorization` that its code alone tells; `undefined` for others. */
export function rightsRefusal(said: Said): Wording | undefined {
  switch (said.code) {
    case 'PrincipalNotFound':
      return {
        code: 'notFound',
        message: l10n.t('The directory does not know the identity, which may have been created moments ago.'),
        fix: l10n.t('Try again in a few minutes.'),
      };
    case 'RoleAssignmentExists':
      return { code: 'conflict', message: l10n.t('The identity already has this role there.'), fix: l10n.t('Refresh the roles of the identity.') };
    case 'RoleAssignmentUpdateNotPermitted':
      return {
        code: 'conflict',
        message: l10n.t('An assignment of this name exists already and stands for another role, identity or place; Azure changes none of these.'),
        fix: l10n.t('Remove that assignment, then give the role again.'),
      };
    case 'RoleAssignmentNotFound':
      return { code: 'notFound', message: l10n.t('The role assignment does not exist any more.'), fix: l10n.t('Refresh the roles of the identity.') };
    case 'RoleAssignmentLimitExceeded':
      return {
        code: 'conflict',
        message: l10n.t('The subscription holds as many role assignments as Azure allows.'),
        fix: l10n.t('Remove assignments that are not needed any more, or give the role to a group or on a broader scope.'),
      };
    case 'RoleDefinitionDoesNotExist':
      return { code: 'notFound', message: l10n.t('The role does not exist any more.'), fix: l10n.t('Choose another role.') };
    default:
      return undefined;
  }
}

/** A 403: which right is missing where, and who or what can help. */
export function forbidden(said: Said): Wording {
  switch (said.code) {
    case 'RequestDisallowedByPolicy':
      return {
        code: 'forbidden',
        message: l10n.t('An Azure Policy of your organization forbids this: {0}', textOf(said)),
        fix: l10n.t('Ask whoever is responsible for the policy for an exemption, or use an identity in another resource group.'),
      };
    case 'RequestDisallowedByAzure':
      return {
        code: 'forbidden',
        message: l10n.t('Azure does not allow this in the region for your subscription: {0}', textOf(said)),
        fix: l10n.t('Choose another region.'),
      };
    case 'DenyAssignmentAuthorizationFailed':
      return {
        code: 'forbidden',
        message: l10n.t('A deny assignment forbids this: {0}', textOf(said)),
        fix: l10n.t('It was made by whatever manages the resource, such as a managed application or a deployment stack; make the change there.'),
      };
    default:
      return missingRight(said);
  }
}

function missingRight(said: Said): Wording {
  const linked = /permission to perform action(?:\(s\))? '([^']+)' on the linked scope(?:\(s\))? '([^']+)'/.exec(said.message ?? '');
  const [, action, scope] = linked ?? /perform action '([^']+)'(?: over scope '([^']+)')?/.exec(said.message ?? '') ?? [];
  if (action === undefined) {
    return { code: 'forbidden', message: l10n.t('Azure does not allow this: {0}', textOf(said)), fix: l10n.t('Ask an owner of the resource for the right.') };
  }
  return {
    code: 'forbidden',
    message: scope === undefined ? l10n.t('You do not have the right {0}.', action) : l10n.t('You do not have the right {0} on {1}.', action, scope),
    fix: fixFor(action),
  };
}

function fixFor(action: string): string {
  if (/^Microsoft\.Authorization\/roleAssignments\/(write|delete)$/i.test(action)) {
    return l10n.t('Ask an owner for the role Role Based Access Control Administrator there, or hand the az commands to an owner. A condition on your role may limit it to certain roles.');
  }
  if (action.toLowerCase().endsWith('/read')) {
    return l10n.t('Ask an owner for the role Reader there. A right that was just granted works after a few minutes.');
  }
  const role = smallestRoleFor(action)?.name;
  return role === undefined
    ? l10n.t('Ask an owner for a role that holds this right there. A right that was just granted works after a few minutes.')
    : l10n.t('Ask an owner for the role {0} there, or hand the az commands to someone who has it. A right that was just granted works after a few minutes.', role);
}
