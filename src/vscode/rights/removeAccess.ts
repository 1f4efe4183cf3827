import * as vscode from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { AssignmentTarget } from '../../contributions.ts';
import type { AzChange } from '../../identity/azCommands.ts';
import { roleTitle } from '../../identity/heldRoles.ts';
import { describeScope } from '../../identity/scopeName.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import type { Services } from '../services.ts';
import { askAdmin, missingOn } from './accessCheck.ts';
import { offerAdminText } from './offerAdminText.ts';

/** Takes a role away after asking; where the right to do so is missing, offers the text for whoever has it. */
export async function removeAccess(services: Services, { principal, scope, held }: AssignmentTarget): Promise<void> {
  const { azure, messages, roles } = services;
  const { assignment, inheritedFrom } = held;
  const role = roleTitle(held);
  const signal = new AbortController().signal;
  const missing = await missingOn(services, 'removeRole', principal, assignment.scopeId, signal);
  const help = askAdmin(services, missing, principal, assignment.scopeId, [removal(principal.subscriptionId, assignment.scopeId, assignment.id)]);
  if (help !== undefined) {
    return offerAdminText(messages, help);
  }
  const where = describeScope(inheritedFrom ?? scope);
  const detail = [
    inheritedFrom === undefined
      ? vscode.l10n.t('It was given on {0}.', where)
      : vscode.l10n.t('It was given on {0}, so {1} loses it on everything there, not only on {2}.', where, principal.name, describeScope(scope)),
    ...(assignment.condition === undefined ? [] : [vscode.l10n.t('It holds under a condition, which is removed with it.')]),
    vscode.l10n.t('Tasks that need it are refused as soon as Azure has spread the change.'),
  ].join(' ');
  if (!(await messages.confirm(vscode.l10n.t('Remove the role {0} from {1}?', role, principal.name), detail, vscode.l10n.t('Remove Access')))) {
    return;
  }
  await vscode.window.withProgress({ location: { viewId: viewIds.identities }, title: vscode.l10n.t('Removing access of {0}', principal.name) }, () =>
    repeatedWrite(services, 'remove access', (uncut) => azure().removeRoleAssignment(principal, assignment.id, uncut)));
  roles.changed(principal.principalId);
}

/** An assignment above all subscriptions is removed from within the principal's own. */
function removal(ownSubscription: string, scopeId: string, assignmentId: string): AzChange {
  return { kind: 'removeRole', subscriptionId: /^\/subscriptions\/([^/]+)/i.exec(scopeId)?.[1] ?? ownSubscription, assignmentId };
}
