import * as vscode from 'vscode';
import type { EnvironmentPlace } from '../../connection/environmentPort.ts';
import { isCancel } from '../../errors.ts';
import type { PlacedConnection } from '../../project/placedConnection.ts';
import type { StepItem } from '../connect/stepPick.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { SourceKind } from '../deployments/sources/sourceKind.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';

/** Where a connection can be moved to. */
export type MoveTarget =
  | { readonly kind: 'file'; readonly uri: string; readonly label: string }
  | { readonly kind: 'environment'; readonly place: EnvironmentPlace; readonly label: string };

/** Asks where a connection is to stand: a file of the workspace, or a workspace of the Environment Manager. `undefined` when cancelled. */
export async function pickMoveTarget(services: Services, placed: PlacedConnection, projects: AstroProjects, astro: SourceKind): Promise<MoveTarget | undefined> {
  const answer = await pickStep<MoveTarget>({
    title: vscode.l10n.t('Move {0}', placed.connection.connectionId),
    placeholder: vscode.l10n.t('Where is the connection to stand?'),
    load: async (show, signal) => {
      const files = (await projects.find(signal)).filter((file) => placed.kind !== 'file' || file.uri !== placed.uri);
      const items: StepItem<MoveTarget>[] = files.map(({ uri, label }) => ({ label, iconPath: new vscode.ThemeIcon('file'), value: { kind: 'file', uri, label } }));
      show([...items]);
      if (await astro.isReady(signal)) {
        await workspaces(services, placed, astro, signal, (found) => { show([...items, ...found]); });
      }
    },
  });
  return answer.kind === 'picked' ? answer.value : undefined;
}

async function workspaces(services: Services, placed: PlacedConnection, { source }: SourceKind, signal: AbortSignal, show: (items: readonly StepItem<MoveTarget>[]) => void): Promise<void> {
  const items: StepItem<MoveTarget>[] = [];
  try {
    for await (const page of source.workspaces(signal)) {
      const others = page.filter(({ id }) => placed.kind === 'file' || placed.environment.place.scopeId !== id);
      items.push(...others.map(({ id, name, organizationId, organizationName }): StepItem<MoveTarget> => ({
        label: vscode.l10n.t('Environment Manager, {0}', name),
        description: organizationName,
        detail: vscode.l10n.t('For all deployments of the workspace, also later ones.'),
        iconPath: new vscode.ThemeIcon('cloud'),
        value: { kind: 'environment', label: vscode.l10n.t('Environment Manager, {0}', name), place: { organizationId, scope: 'workspace', scopeId: id } },
      })));
      show(items);
    }
  } catch (error) {
    if (isCancel(error)) {
      throw error;
    }
    show([...items, failureItem(services, 'move connection: workspaces', error)]);
  }
}
