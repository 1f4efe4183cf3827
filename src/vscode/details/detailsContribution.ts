import * as vscode from 'vscode';
import type { IdentityTarget } from '../../contributions.ts';
import { isSameIdentity } from '../../identity/armId.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import { restoreDetails } from '../../trust/details/savedDetails.ts';
import { pickIdentity } from '../connect/pickIdentity.ts';
import type { IdentityNames } from '../identities/identityNames.ts';
import { createPagePanel, pageSerializer } from '../page/pagePanel.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import type { Contribution, Services } from '../services.ts';
import { DetailsActions } from './detailsActions.ts';
import { DetailsPage, detailsPageKind } from './detailsPage.ts';
import { DetailsSession } from './detailsSession.ts';

/** The page of an identity: one tab per identity. */
export class DetailsContribution implements Contribution {
  readonly #services: Services;
  readonly #projects: AstroProjects;
  readonly #actions: DetailsActions;
  readonly #pages = new Set<DetailsPage>();

  constructor(services: Services, projects: AstroProjects) {
    this.#services = services;
    this.#projects = projects;
    this.#actions = new DetailsActions(services, projects);
  }

  /** Restores pages after a reload; VS Code knows it from activation on (`doors.ts`). */
  get serializer(): vscode.WebviewPanelSerializer {
    return pageSerializer((panel, saved) => {
      const restored = restoreDetails(saved);
      if (restored === undefined) {
        panel.dispose();
      } else {
        this.#show(restored.identity, panel, restored);
      }
    });
  }

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(this.#services.commands.register('airflowIdentity.openIdentity', (target) => this.#open(target)));
  }

  async #open(target: IdentityTarget | undefined): Promise<void> {
    const identity = target?.identity ?? (await this.#pick());
    if (identity === undefined) {
      return;
    }
    const open = [...this.#pages].find(({ session }) => isSameIdentity(session.state.ref, identity));
    if (open === undefined) {
      this.#show(identity, createPagePanel(detailsPageKind(), identity.name, this.#services.extensionUri));
    } else {
      open.reveal();
    }
  }

  #show(ref: IdentityRef, panel: vscode.WebviewPanel, names?: IdentityNames): void {
    const session = new DetailsSession(ref, this.#services, this.#projects, names);
    const page = new DetailsPage(session, panel, this.#services, this.#actions, () => this.#pages.delete(page));
    this.#pages.add(page);
    session.read();
  }

  async #pick(): Promise<IdentityRef | undefined> {
    const answer = await pickIdentity(this.#services, {
      title: vscode.l10n.t('Show identity details'),
      placeholder: vscode.l10n.t('Type a name or client ID'),
      recent: recentIdentities(this.#services.globalState).map(({ clientId }) => clientId),
    });
    return answer.kind === 'picked' ? answer.value.identity : undefined;
  }
}
