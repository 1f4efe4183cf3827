import * as vscode from 'vscode';
import type { ConnectTarget, IdentityTarget } from '../../contributions.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import { ConnectSession } from '../../trust/connectSession.ts';
import { emptyConnect } from '../../trust/connectReducer.ts';
import { restoreConnect } from '../../trust/savedConnect.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { createPagePanel, pageSerializer } from '../page/pagePanel.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import { GiveAccess } from '../rights/giveAccess.ts';
import type { Contribution, Services } from '../services.ts';
import type { TargetKind } from '../targets/targetKind.ts';
import { AddConnection } from './addConnection.ts';
import { askConnection } from './askConnection.ts';
import { ConnectForm, formPage } from './connectForm.ts';
import { ConnectWizard } from './connectWizard.ts';
import { ConnectWorld } from './connectWorld.ts';
import { pickDeployment } from './pickDeployment.ts';
import { pickIdentity } from './pickIdentity.ts';
import type { IdentityQuestion } from './pickIdentity.ts';
import type { StepAnswer, StepPlace } from './stepPick.ts';

/** What is chosen from may be made on the way. */
interface Makers {
  /** Asks for issuer, namespace and service accounts, and keeps the deployment. */
  readonly deployment: () => Promise<Deployment | undefined>;
  /** Asks for everything that an identity needs, and creates it in Azure. */
  readonly identity: () => Promise<StepAnswer<ManagedIdentity>>;
}

/** "Connect Deployment to Azure": the form, and the same flow by keyboard. */
export class ConnectContribution implements Contribution {
  readonly #services: Services;
  readonly #targets: TargetKind;
  readonly #make: Makers;
  #form: ConnectForm | undefined;

  constructor(services: Services, targets: TargetKind, make: Makers) {
    this.#services = services;
    this.#targets = targets;
    this.#make = make;
  }

  /** Restores a form after a reload; VS Code knows it from activation on (`doors.ts`). */
  get serializer(): vscode.WebviewPanelSerializer {
    return pageSerializer((panel, saved) => { this.#restoreForm(panel, saved); });
  }

  register(context: vscode.ExtensionContext): void {
    const { commands } = this.#services;
    context.subscriptions.push(
      commands.register('airflowIdentity.connect', (target) => { this.#openForm(target); }),
      commands.register('airflowIdentity.connectStepByStep', (target) => this.#runWizard(target)),
      commands.register('airflowIdentity.addConnection', (target) => this.#addConnection(target)),
      this.#targets.onDidChange(() => { this.#form?.session.dispatch({ kind: 'targetsChanged' }); }),
    );
  }

  #openForm(target: ConnectTarget | undefined): void {
    const form = this.#form ?? this.#showForm(this.#newSession(), this.#newPanel());
    form.reveal();
    choose(form.session, target);
  }

  #newPanel(): vscode.WebviewPanel {
    const page = formPage();
    return createPagePanel(page, page.title, this.#services.extensionUri);
  }

  #restoreForm(panel: vscode.WebviewPanel, saved: unknown): void {
    const { clouds } = this.#services;
    const { state, effects } = restoreConnect(saved, clouds.audience, clouds.azCloud);
    const session = this.#newSession(state);
    this.#showForm(session, panel);
    if (effects.length > 0) {
      session.dispatch({ kind: 'reload' });
    }
  }

  #newSession(state = emptyConnect(this.#services.clouds.audience, this.#services.clouds.azCloud)): ConnectSession {
    const world = new ConnectWorld(this.#services, this.#targets, {
      chooseDeployment: async (session) => pickedValue(await this.#pickDeployment(session, undefined)),
      enterDeployment: this.#make.deployment,
      chooseIdentity: async (session) => pickedValue(await this.#pickIdentity(session, undefined)),
      chooseAccess: (identity) => new GiveAccess(this.#services, identity).choose(),
    });
    return new ConnectSession((effect, current) => { world.run(effect, current); }, state);
  }

  #showForm(session: ConnectSession, panel: vscode.WebviewPanel): ConnectForm {
    const { messages } = this.#services;
    const form = new ConnectForm(session, panel, this.#services, () => {
      this.#form = undefined;
      if (session.state.phase === 'applying') {
        announceEnd(session, (text) => { void messages.info(text); });
      }
    });
    this.#form = form;
    session.dispatch({ kind: 'targetsChanged' });
    return form;
  }

  async #runWizard(target: ConnectTarget | undefined): Promise<void> {
    const session = this.#newSession();
    session.dispatch({ kind: 'targetsChanged' });
    choose(session, target);
    await new ConnectWizard(session, {
      deployment: (current, place) => this.#pickDeployment(current, place),
      identity: (current, place) => this.#pickIdentity(current, place),
      access: async ({ state: { identity } }) => (identity.kind === 'chosen' ? new GiveAccess(this.#services, identity.value.identity).choose() : undefined),
      connection: (current, place) => askConnection(this.#services, current, {
        title: vscode.l10n.t('Connect deployment to Azure: connection'), place, back: true, mayLeaveOut: true,
      }),
      openForm: (current) => { this.#showForm(current, this.#newPanel()); },
    }).run();
  }

  async #addConnection(target: IdentityTarget | undefined): Promise<void> {
    const session = this.#newSession();
    await new AddConnection(
      { services: this.#services, targets: this.#targets, pickIdentity: (current) => this.#pickIdentity(current, { step: 1, totalSteps: 3 }, {
        title: vscode.l10n.t('Add Airflow connection'),
        placeholder: vscode.l10n.t('With which managed identity should tasks sign in? Type a name or client ID.'),
        back: false,
      }) },
      session,
    ).run(target?.identity);
  }

  async #pickDeployment(session: ConnectSession, place: StepPlace | undefined): Promise<StepAnswer<Deployment>> {
    const { deployment } = session.state;
    const answer = await pickDeployment(this.#services, { place, chosen: deployment.kind === 'chosen' ? deployment.value : undefined });
    if (answer.kind !== 'picked' || answer.value !== 'byHand') {
      return answer as StepAnswer<Deployment>;
    }
    const entered = await this.#make.deployment();
    return entered === undefined ? { kind: 'cancelled' } : { kind: 'picked', value: entered };
  }

  async #pickIdentity(session: ConnectSession, place: StepPlace | undefined, question: Partial<IdentityQuestion> = {}): Promise<StepAnswer<IdentityRef>> {
    const { identity } = session.state;
    const answer = await pickIdentity(this.#services, {
      place,
      back: place !== undefined,
      create: this.#make.identity,
      chosenClientId: identity.kind === 'chosen' ? identity.value.identity.clientId : undefined,
      recent: recentIdentities(this.#services.globalState).map(({ clientId }) => clientId),
      ...question,
    });
    return answer.kind === 'picked' ? { kind: 'picked', value: answer.value.identity } : answer;
  }
}

function choose(session: ConnectSession, target: ConnectTarget | undefined): void {
  if (target === undefined || session.state.phase === 'applying') {
    return;
  }
  if ('deployment' in target) {
    session.dispatch({ kind: 'deploymentChosen', deployment: target.deployment });
  }
  if ('identity' in target) {
    session.dispatch({ kind: 'identityLoading', ref: target.identity });
    session.dispatch({ kind: 'reload' });
  }
}

function pickedValue<T>(answer: StepAnswer<T>): T | undefined {
  return answer.kind === 'picked' ? answer.value : undefined;
}

/** With the form closed, a notification says how the run ended. */
function announceEnd(session: ConnectSession, say: (text: string) => void): void {
  const unsubscribe = session.onDidChange((state) => {
    if (state.phase === 'done') {
      unsubscribe();
      const { title, outcome } = connectViewOf(state);
      say([title, ...(outcome?.lines ?? []).map((line) => line.text)].join('. '));
    }
  });
}
