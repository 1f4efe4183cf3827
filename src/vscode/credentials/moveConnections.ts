import * as vscode from 'vscode';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { identityChange } from '../../connection/identityKeys.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { usesOf } from '../../trust/details/connectionUses.ts';
import { previewLines } from '../connections/previewText.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Services } from '../services.ts';

/** Connections of the workspace that name the old identity are offered to name the new one, each with its edit shown before. */
export async function moveConnections(services: Services, projects: AstroProjects, from: ManagedIdentity, to: ManagedIdentity): Promise<void> {
  const uses = usesOf(from, await projects.identityConnections(new AbortController().signal));
  for (const { uri, label, connection: { connection } } of uses) {
    const wanted = identityChange(connection, to.clientId, to.homeTenantId);
    const plan = await projects.plan(uri, wanted);
    const edit = plan.kind === 'differs' ? plan.overwrite : plan;
    if (edit.kind === 'edit' && (await isConfirmed(services, connection.connectionId, label, to, edit))) {
      await projects.write(uri, wanted, edit);
    }
  }
}

async function isConfirmed(services: Services, connectionId: string, label: string, to: ManagedIdentity, edit: PlannedEdit): Promise<boolean> {
  return services.messages.confirm(
    vscode.l10n.t('Let connection {0} in {1} sign in as {2}?', connectionId, label, to.name),
    previewLines(edit),
    vscode.l10n.t('Change Connection'),
  );
}
