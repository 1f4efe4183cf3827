import type * as vscode from 'vscode';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Contribution, Services } from '../services.ts';
import { compareChosen } from './compareChosen.ts';
import { deleteChosen } from './deleteChosen.ts';
import { duplicateChosen } from './duplicateChosen.ts';
import { editChosen } from './editChosen.ts';
import { moveChosen } from './moveChosen.ts';
import type { TransferNeeds } from './pickTransfer.ts';

/** What is done with federated credentials that stand on an identity. */
export class CredentialContribution implements Contribution {
  readonly #services: Services;
  readonly #projects: AstroProjects;
  readonly #transfers: TransferNeeds;

  constructor(services: Services, projects: AstroProjects, createIdentity: TransferNeeds['createIdentity']) {
    this.#services = services;
    this.#transfers = { services, createIdentity };
    this.#projects = projects;
  }

  register(context: vscode.ExtensionContext): void {
    const services = this.#services;
    const { commands } = services;
    context.subscriptions.push(
      commands.register('airflowIdentity.editCredential', (target) => editChosen(services, target)),
      commands.register('airflowIdentity.deleteCredentials', (target, selected) => deleteChosen(services, [target, selected])),
      commands.register('airflowIdentity.duplicateCredential', (target, selected) => duplicateChosen(this.#transfers, [target, selected])),
      commands.register('airflowIdentity.moveCredentials', (target, selected) => moveChosen(this.#transfers, this.#projects, [target, selected])),
      commands.register('airflowIdentity.compareCredentials', (target) => compareChosen(services, target)),
    );
  }
}
