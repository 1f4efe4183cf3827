import * as vscode from 'vscode';
import type { Deployment } from '../../deployment/deployment.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { UserEvent } from '../../trust/connectEvents.ts';
import { settled } from '../../trust/connectSession.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import type { ConnectView } from '../../trust/connectView.ts';
import type { Access } from '../rights/giveAccess.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { askWorkloads } from './askWorkloads.ts';
import { previewItems } from './previewItems.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, StepItem, StepPlace, Turn } from './stepPick.ts';

/** The dialogs of the first two steps, which the form uses as well. */
export interface WizardPickers {
  deployment(session: ConnectSession, place: StepPlace): Promise<StepAnswer<Deployment>>;
  identity(session: ConnectSession, place: StepPlace): Promise<StepAnswer<IdentityRef>>;
  /** Which role on what, for the chosen identity. */
  access(session: ConnectSession): Promise<Access | undefined>;
  /** Where the connection goes, of what type it is, what is in it, and what it is called. */
  connection(session: ConnectSession, place: StepPlace): Promise<Turn>;
  /** Goes on in the form with everything that was chosen here. */
  openForm(session: ConnectSession): void;
}

const totalSteps = 5;

/** The flow as quick picks with a way back, for the keyboard alone. Shows the same plan as the form, from the same state. */
export class ConnectWizard {
  readonly #session: ConnectSession;
  readonly #pickers: WizardPickers;

  constructor(session: ConnectSession, pickers: WizardPickers) {
    this.#session = session;
    this.#pickers = pickers;
  }

  /** Runs to the end or until the user leaves; what was chosen is forgotten then, what was written stands. */
  async run(): Promise<void> {
    const steps = [
      () => this.#deployment(),
      () => this.#identity(),
      () => askWorkloads(this.#session, { step: 3, totalSteps }),
      () => this.#pickers.connection(this.#session, { step: 4, totalSteps }),
      () => this.#review(),
    ];
    for (let index = this.#firstStep(); index < steps.length; ) {
      const turn = await steps[index]?.();
      if (turn === undefined || turn === 'cancelled') {
        return;
      }
      index = turn === 'next' ? index + 1 : Math.max(0, index - 1);
    }
  }

  /** Started from a node of a tree, what the node stands for is chosen already. */
  #firstStep(): number {
    if (this.#session.state.deployment.kind !== 'chosen') {
      return 0;
    }
    return this.#session.state.identity.kind === 'chosen' ? 2 : 1;
  }

  async #deployment(): Promise<Turn> {
    const answer = await this.#pickers.deployment(this.#session, { step: 1, totalSteps });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    this.#session.dispatch({ kind: 'deploymentChosen', deployment: answer.value });
    return 'next';
  }

  async #identity(): Promise<Turn> {
    const answer = await this.#pickers.identity(this.#session, { step: 2, totalSteps });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    this.#session.dispatch({ kind: 'identityLoading', ref: answer.value });
    this.#session.dispatch({ kind: 'reload' });
    const state = await settled(this.#session, ({ identity, issuerCheck }) => identity.kind !== 'loading' && issuerCheck.kind !== 'checking');
    if (state.identity.kind === 'failed') {
      throw state.identity.error;
    }
    return 'next';
  }

  async #review(): Promise<Turn> {
    const view = connectViewOf(this.#session.state);
    const answer = await pickStep<ReviewChoice | AccessRemoval>({
      title: view.footer.headline,
      placeholder: view.footer.detail === '' ? vscode.l10n.t('Nothing is written until you connect.') : view.footer.detail,
      place: { step: 5, totalSteps },
      back: true,
      load: async (show) => { show(reviewItems(view)); },
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    if (typeof answer.value === 'object') {
      this.#session.dispatch(answer.value);
      return this.#review();
    }
    switch (answer.value) {
      case 'script':
        this.#session.dispatch({ kind: 'copyScript' });
        return 'cancelled';
      case 'form':
        this.#pickers.openForm(this.#session);
        return 'cancelled';
      case 'addProvider':
        return this.#addProvider();
      case 'addAccess':
        return this.#addAccess();
      case 'addConnectionAccess':
        this.#session.dispatch({ kind: 'addConnectionAccess' });
        return this.#accessChecked();
      case 'apply':
        return this.#write('apply');
    }
  }

  /** A role to be given with the credentials; what is known about it is asked before the review shows it. */
  async #addAccess(): Promise<Turn> {
    const access = await this.#pickers.access(this.#session);
    if (access !== undefined) {
      this.#session.dispatch({ kind: 'accessChosen', ...access });
    }
    return this.#accessChecked();
  }

  async #accessChecked(): Promise<Turn> {
    await settled(this.#session, (state) => state.access.every(({ check }) => check.kind !== 'checking'));
    return this.#review();
  }

  /** The edit shows its editor, so the review is asked for anew, with the focus and without what is mended. */
  async #addProvider(): Promise<Turn> {
    this.#session.dispatch({ kind: 'addProvider' });
    await settled(this.#session, ({ isAddingProvider }) => !isAddingProvider);
    return this.#review();
  }

  async #write(kind: 'apply' | 'retryFailed'): Promise<Turn> {
    this.#session.dispatch({ kind });
    const state = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Connecting deployment to Azure'), cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => { this.#session.dispatch({ kind: 'stop' }); });
        const unsubscribe = this.#session.onDidChange((next) => {
          const { headline, detail } = connectViewOf(next).footer;
          progress.report({ message: `${headline} ${detail}` });
        });
        try {
          return await settled(this.#session, ({ phase }) => phase !== 'applying');
        } finally {
          unsubscribe();
        }
      },
    );
    if (state.applyError !== undefined) {
      throw state.applyError;
    }
    return state.phase === 'done' ? this.#done(connectViewOf(state)) : this.#review();
  }

  async #done(view: ConnectView): Promise<Turn> {
    const answer = await pickStep<DoneChoice>({
      title: view.title,
      placeholder: view.subtitle,
      load: async (show) => { show(doneItems(view)); },
    });
    if (answer.kind === 'picked') {
      switch (answer.value) {
        case 'open':
          this.#session.dispatch({ kind: 'openConnection' });
          break;
        case 'retry':
          return this.#write('retryFailed');
        case 'script':
          this.#session.dispatch({ kind: 'copyScript' });
          break;
        case 'form':
          this.#pickers.openForm(this.#session);
          break;
        case 'close':
          break;
      }
    }
    return 'cancelled';
  }
}

type DoneChoice = 'open' | 'retry' | 'script' | 'form' | 'close';

/** Takes a planned role out again. */
type AccessRemoval = Extract<UserEvent, { kind: 'removeAccess' }>;

type ReviewChoice = 'apply' | 'script' | 'form' | 'addProvider' | 'addAccess' | 'addConnectionAccess';

function reviewItems(view: ConnectView): StepItem<ReviewChoice | AccessRemoval>[] {
  const [apply, script] = view.footer.actions;
  const warnings = [...view.deployment.notices, ...view.identity.notices, ...view.credentials.notices, ...(view.connection.form?.notices ?? [])];
  const preview = view.connection.form?.preview;
  const rows = view.credentials.rows.filter((row) => row.ticked || row.status === 'conflict');
  return [
    ...(apply?.disabled === true ? [] : [{ label: `$(check) ${apply?.label ?? ''}`, detail: view.footer.headline, value: 'apply' } as const]),
    ...(script?.disabled === true ? [] : [{ label: `$(copy) ${script?.label ?? ''}`, value: 'script' } as const]),
    { label: `$(unlock) ${vscode.l10n.t('Give access as well…')}`, detail: vscode.l10n.t('Optional: a role on what the deployment reads and writes, such as a container'), value: 'addAccess' },
    { label: `$(layout) ${vscode.l10n.t('Go on in the form')}`, value: 'form' },
    ...warnings.flatMap((notice) => [
      warningItem(notice.text),
      ...notice.actions
        .flatMap(({ label, event }) => (event.kind === 'addProvider' || event.kind === 'addConnectionAccess' ? [{ label: `$(edit) ${label}`, alwaysShow: true, value: event.kind }] : [])),
    ]),
    { label: view.credentials.title, kind: vscode.QuickPickItemKind.Separator },
    ...rows.map((row) => ({ label: row.title, description: `${row.statusText} · ${row.credentialName}`, detail: row.serviceAccount })),
    ...(view.access === undefined || view.access.rows.length === 0
      ? []
      : [
          { label: view.access.title, kind: vscode.QuickPickItemKind.Separator },
          ...view.access.rows.flatMap((row) => [
            { label: row.role, description: `${row.statusText} · ${row.scope}`, detail: row.reasons.join(' ') },
            ...row.actions.flatMap(({ event, accessibleName }) => (event.kind === 'removeAccess' ? [{ label: `$(trash) ${accessibleName ?? ''}`, value: event }] : [])),
          ]),
        ]),
    ...(preview === undefined ? [] : [{ label: preview.title, kind: vscode.QuickPickItemKind.Separator }, ...previewItems(preview.lines)]),
  ];
}

/** VS Code cuts each line of an item: what is wrong stands in the first, what it means and what to do in the second. */
function warningItem(text: string): StepItem<never> {
  const [, what = text, rest] = /^(.+?\.) (?=\p{Lu})(.+)$/su.exec(text) ?? [];
  return { label: `$(warning) ${what}`, ...(rest === undefined ? {} : { detail: rest }), alwaysShow: true };
}

function doneItems(view: ConnectView): StepItem<DoneChoice>[] {
  const lines = view.outcome?.lines ?? [];
  const offers = (kind: 'openConnection' | 'retryFailed' | 'copyScript'): boolean => view.footer.actions.some(({ event }) => event.kind === kind);
  return [
    ...(offers('retryFailed') ? [{ label: `$(refresh) ${vscode.l10n.t('Retry')}`, value: 'retry' } as const] : []),
    ...(offers('openConnection') ? [{ label: `$(go-to-file) ${vscode.l10n.t('Open connection')}`, value: 'open' } as const] : []),
    ...(offers('copyScript') ? [{ label: `$(copy) ${vscode.l10n.t('Copy as az commands')}`, value: 'script' } as const] : []),
    { label: `$(layout) ${vscode.l10n.t('Show in the form')}`, value: 'form' },
    { label: `$(close) ${vscode.l10n.t('Close')}`, value: 'close' },
    { label: view.outcome?.title ?? '', kind: vscode.QuickPickItemKind.Separator },
    ...lines.map((line) => ({ label: `${line.status === 'failed' ? '$(error)' : '$(pass)'} ${line.text}`, alwaysShow: true })),
  ];
}
