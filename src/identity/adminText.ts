import * as l10n from '@vscode/l10n';
import { azChangesScript, azCloudLines } from './azCommands.ts';
import type { AzChange } from './azCommands.ts';
import type { Account } from './managedIdentity.ts';
import type { NeededRights } from './permissionCheck.ts';
import { describeScope, scopeName } from './scopeName.ts';
import { shellQuoted } from './shellText.ts';

/** Something that the user may not do. */
export interface AdminRequest {
  readonly account: Account;
  /** Where the rights are missing, and what is missing there (`missingRights`). */
  readonly scopeId: string;
  readonly missing: NeededRights;
  /** What the user wants to be done. */
  readonly changes: readonly AzChange[];
  /** As `azCloudName` gives it. */
  readonly azCloud: string | undefined;
}

/** A missing right in words, and whom to send what about it. */
export interface AdminText {
  /** Which right is missing, and where. */
  readonly message: string;
  /** Whom to send the text to. */
  readonly recipient: string;
  /** Ready to be sent: what is wanted, and the az commands for either way. */
  readonly text: string;
}

/**
 * What to say to a user who lacks a right, and to the colleague who can help: by making the change, or by giving the smallest
 * built-in role that allows it.
 */
export function adminText({ account, scopeId, missing, changes, azCloud }: AdminRequest): AdminText {
  const scope = describeScope(scopeName(scopeId));
  const actions = missing.actions.join(', ');
  const grant = [
    ...azCloudLines(azCloud),
    'az role assignment create \\',
    `  --assignee ${shellQuoted(account.label)} \\`,
    `  --role ${shellQuoted(missing.role.name)} \\`,
    `  --scope ${shellQuoted(scopeId)}`,
  ].join('\n');
  const text = [
    l10n.t('{0} needs a change in Azure and is not allowed to make it.', account.label),
    [l10n.t('Missing right: {0}', actions), l10n.t('On: {0}', scopeId)].join('\n'),
    l10n.t('Either make the change, with the role "{0}" or more there:', missing.role.name),
    azChangesScript(changes, azCloud).trimEnd(),
    l10n.t('Or give {0} that role, as Owner or Role Based Access Control Administrator there:', account.label),
    grant,
  ].join('\n\n');
  return {
    message: l10n.t('You do not have the right {0} on {1}.', actions, scope),
    recipient: l10n.t('Send it to an Owner or Role Based Access Control Administrator of {0}.', scope),
    text: `${text}\n`,
  };
}
