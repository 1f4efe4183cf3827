import * as vscode from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { tagChanges, withTagChanges } from '../../identity/resourceTags.ts';
import { mayWrite } from '../credentials/mayWrite.ts';
import type { Services } from '../services.ts';
import { pickTags } from './pickTags.ts';
import { writeTags } from './writeTags.ts';

/** Asks for the tags of an identity and writes them once. Tags that somebody else changed meanwhile stay as they are. */
export async function editTags(services: Services, shown: ManagedIdentity): Promise<void> {
  const { azure, commands, identities } = services;
  const identity = await commands.resuming('edit tags: read', () => azure().identity(shown, new AbortController().signal));
  const answer = await pickTags({
    title: vscode.l10n.t('Tags of {0}', identity.name),
    before: identity.tags,
    tags: identity.tags,
    done: (count) => count === 0 ? vscode.l10n.t('Close without changes') : count === 1 ? vscode.l10n.t('Save 1 change') : vscode.l10n.t('Save {0} changes', count),
  });
  const changes = answer.kind === 'picked' ? tagChanges(identity.tags, answer.value) : [];
  if (changes.length === 0) {
    return;
  }
  if (!(await mayWrite(services, 'tagIdentity', identity, [{ kind: 'tagIdentity', identity, tags: withTagChanges(identity.tags, changes) }]))) {
    return;
  }
  const title = vscode.l10n.t('Writing tags of {0}', identity.name);
  const written = await vscode.window.withProgress({ location: { viewId: viewIds.identities }, title }, () => writeTags(services, identity, changes));
  identities.showIdentity(written);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Tags of {0} written', identity.name), 5_000);
}
