import * as vscode from 'vscode';
import type { HostTarget, IdentityTarget, ResourceGroupTarget, SubscriptionTarget } from '../../contributions.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Contribution, Services } from '../services.ts';
import { deleteIdentity } from './deleteIdentity.ts';
import { enableSystemAssigned } from './enableSystemAssigned.ts';
import { editTags } from './identityTags.ts';
import { IdentityCreation } from './identityCreation.ts';
import type { IdentitiesView } from './identitiesView.ts';

/** Commands that make, change and delete identities. */
export class LifecycleContribution implements Contribution {
  readonly #services: Services;
  readonly #view: IdentitiesView;
  readonly #projects: AstroProjects;

  constructor(services: Services, view: IdentitiesView, projects: AstroProjects) {
    this.#services = services;
    this.#projects = projects;
    this.#view = view;
  }

  register(context: vscode.ExtensionContext): void {
    const { commands } = this.#services;
    context.subscriptions.push(
      commands.register('airflowIdentity.createIdentity', (target) => this.#create(target !== undefined && 'subscription' in target ? target : undefined)),
      commands.register('airflowIdentity.editTags', (target) => this.#withIdentity(target, (identity) => editTags(this.#services, identity))),
      commands.register('airflowIdentity.deleteIdentity', (target) => this.#withIdentity(target, (identity) => deleteIdentity(this.#services, this.#projects, identity))),
      commands.register('airflowIdentity.enableSystemAssigned', (target) => enableSystemAssigned(this.#services, this.#view, target)),
      commands.register('airflowIdentity.connectSystemAssigned', (target) => this.#leadOn(target)),
    );
  }

  async #create(target: SubscriptionTarget | ResourceGroupTarget | undefined): Promise<void> {
    const answer = await new IdentityCreation(this.#services, this.#view, target).run();
    if (answer.kind !== 'picked') {
      return;
    }
    const identity = answer.value;
    const node = await this.#view.loadedNodeOf(identity);
    if (node !== undefined) {
      await this.#view.tree.reveal(node);
    }
    const connect = vscode.l10n.t('Connect Deployment…');
    if ((await this.#services.messages.info(vscode.l10n.t('Identity {0} was created. It trusts nobody and may do nothing yet.', identity.name), connect)) === connect) {
      await this.#services.commands.execute('airflowIdentity.connect', { identity });
    }
  }

  /** A system-assigned identity cannot be connected; what can is offered where somebody tried. */
  async #leadOn(target: HostTarget | undefined): Promise<void> {
    if (target === undefined) {
      return;
    }
    const { commands, messages } = this.#services;
    const create = vscode.l10n.t('Create Identity…');
    const choose = vscode.l10n.t('Choose Another…');
    const answer = await messages.info(
      vscode.l10n.t('{0} has a system-assigned identity, and those take no federated credentials: no deployment can act as it. A user-assigned identity can be connected.', target.host.name),
      create,
      choose,
    );
    if (answer === create) {
      await commands.execute('airflowIdentity.createIdentity', target);
    } else if (answer === choose) {
      await commands.execute('airflowIdentity.connect');
    }
  }

  async #withIdentity(target: IdentityTarget | undefined, action: (identity: ManagedIdentity) => Promise<void>): Promise<void> {
    if (target !== undefined) {
      await action(target.identity);
    }
  }
}
