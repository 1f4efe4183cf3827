import * as vscode from 'vscode';
import type { ConnectionTarget } from '../../contributions.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { SourceKind } from '../deployments/sources/sourceKind.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Contribution, Services } from '../services.ts';
import { comparePlaces, connectionDocuments, connectionScheme, takeEverywhere } from './comparePlaces.ts';
import type { ConnectionsView } from './connectionsView.ts';
import type { ChosenFix } from './fixPlaced.ts';
import { fixPlaced } from './fixPlaced.ts';
import { keepInSecret } from './keepInSecret.ts';
import { moveConnection } from './moveConnection.ts';
import { pickMoveTarget } from './moveTargets.ts';

/** What the commands need. */
export interface ConnectionCommandsPorts {
  readonly services: Services;
  readonly projects: AstroProjects;
  readonly view: ConnectionsView;
  readonly astro: SourceKind;
}

/** Commands of the Connections view. */
export class ConnectionCommands implements Contribution {
  readonly #ports: ConnectionCommandsPorts;

  constructor(ports: ConnectionCommandsPorts) {
    this.#ports = ports;
  }

  register(context: vscode.ExtensionContext): void {
    const { services, projects, view } = this.#ports;
    const { commands } = services;
    context.subscriptions.push(
      vscode.workspace.registerTextDocumentContentProvider(connectionScheme, connectionDocuments),
      commands.register('airflowIdentity.refreshConnections', () => { view.tree.refresh(); }),
      commands.register('airflowIdentity.openConnection', async (target) => {
        if (target?.placed.kind === 'file') {
          await projects.open(target.placed.uri, target.placed.connection.connectionId);
        }
      }),
      commands.register('airflowIdentity.fixConnection', (target) => this.#fix(target)),
      commands.register('airflowIdentity.moveConnection', (target) => this.#move(target)),
      commands.register('airflowIdentity.compareConnections', async (target) => {
        if (target?.placed.kind === 'file') {
          await comparePlaces(target.placed);
        }
      }),
      commands.register('airflowIdentity.takeConnection', async (target) => {
        if (target?.placed.kind === 'file') {
          await takeEverywhere(services, target.placed);
        }
      }),
      commands.register('airflowIdentity.keepInSecret', async (target) => {
        if (target?.placed.kind === 'file' && (await keepInSecret(services, target.placed))) {
          view.changed({ environment: false });
        }
      }),
    );
  }

  async #fix(target: ConnectionTarget | undefined): Promise<void> {
    const chosen = target === undefined ? undefined : await chosenFix(target);
    if (target !== undefined && chosen !== undefined && (await fixPlaced(this.#ports.services, this.#ports.projects, target.placed, chosen))) {
      this.#ports.view.changed({ environment: target.placed.kind === 'environment' });
    }
  }

  async #move(target: ConnectionTarget | undefined): Promise<void> {
    const { services, projects, astro, view } = this.#ports;
    const place = target === undefined ? undefined : await pickMoveTarget(services, target.placed, projects, astro);
    if (target === undefined || place === undefined) {
      return;
    }
    try {
      await moveConnection(services, target.placed, place);
    } finally {
      // Something may have been written before it failed.
      view.changed({ environment: target.placed.kind === 'environment' || place.kind === 'environment' });
    }
  }
}

/** The only fix there is, or the one picked of several. */
async function chosenFix(target: ConnectionTarget): Promise<ChosenFix | undefined> {
  const all = target.issues().flatMap((issue) => issue.fixes.map((fix): ChosenFix => ({ issue, fix })));
  if (all.length < 2) {
    return all[0];
  }
  const answer = await pickStep<ChosenFix>({
    title: vscode.l10n.t('Fix {0}', target.placed.connection.connectionId),
    placeholder: vscode.l10n.t('What is to be mended?'),
    load: async (show) => { show(all.map((one) => ({ label: one.fix.title, detail: one.issue.message, value: one }))); },
  });
  return answer.kind === 'picked' ? answer.value : undefined;
}
