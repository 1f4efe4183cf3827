import * as vscode from 'vscode';
import { toAirflowIdentityError } from '../../errors.ts';
import { formatIdentityId } from '../../identity/armId.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import { isUnfinished } from '../../trust/journalEntry.ts';
import type { Change, JournalEntry } from '../../trust/journalEntry.ts';
import type { RunningChange } from '../../trust/journal.ts';
import { finishChange } from '../../trust/journalRun.ts';
import type { Direction, StepEnd } from '../../trust/journalRun.ts';
import { begunText, changeText, finishedText, interruptedText, stepText } from '../../trust/journalWords.ts';
import { isConnectFormOpen, isConnectTab } from '../connect/connectTab.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { Contribution, Services } from '../services.ts';
import { stoppable } from '../stoppable.ts';
import { resumingAzure } from './resumingAzure.ts';

type Choice = Direction | 'dismiss';

/** Offers to finish, undo or dismiss changes that a reload, a crash or a lost network interrupted. */
export class UnfinishedChanges implements Contribution {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  register(context: vscode.ExtensionContext): void {
    const { commands } = this.#services;
    context.subscriptions.push(
      commands.register('airflowIdentity.unfinishedChanges', () => this.#choose()),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some(isConnectTab)) {
          this.#offer();
        }
      }),
    );
    this.#offer();
  }

  #offer(): void {
    void this.#services.commands.run('unfinished changes: offer', () => this.#ask());
  }

  /** A form that is open goes on with its own changes: offering them here too would ask twice. */
  async #ask(): Promise<void> {
    const { journal, messages } = this.#services;
    const left = (await journal.unfinished()).filter(({ surface }) => surface !== 'form' || !isConnectFormOpen());
    const [entry, ...others] = left;
    if (entry === undefined) {
      return;
    }
    if (others.length > 0) {
      const show = vscode.l10n.t('Show');
      const answer = await messages.warning(vscode.l10n.t('{0} changes to Azure were interrupted.', left.length), show);
      return answer === show ? this.#choose() : undefined;
    }
    const labels = choiceLabels();
    const answer = await messages.warning(interruptedText(entry), labels.goOn, labels.undo, labels.dismiss);
    const choice = (Object.keys(labels) as Choice[]).find((key) => labels[key] === answer);
    if (choice !== undefined) {
      await this.#do(choice, entry);
    }
  }

  async #choose(): Promise<void> {
    const left = await this.#services.journal.unfinished();
    if (left.length === 0) {
      await this.#services.messages.info(vscode.l10n.t('There are no unfinished changes.'));
      return;
    }
    const picked = await pickStep<JournalEntry>({
      title: vscode.l10n.t('Unfinished changes'),
      placeholder: vscode.l10n.t('Which change?'),
      load: async (show) => {
        show(left.map((entry) => ({
          label: entry.title,
          description: new Date(entry.startedAt).toLocaleString(vscode.env.language),
          detail: begunText(entry),
          value: entry,
        })));
      },
    });
    if (picked.kind === 'picked') {
      await this.#chooseFor(picked.value);
    }
  }

  async #chooseFor(entry: JournalEntry): Promise<void> {
    const labels = choiceLabels();
    const answer = await pickStep<Choice>({
      title: vscode.l10n.t('Unfinished change to {0}', entry.title),
      placeholder: begunText(entry),
      load: async (show) => {
        show([
          { label: labels.goOn, detail: vscode.l10n.t('Reads what stands in Azure and writes only what is missing.'), value: 'goOn' },
          { label: labels.undo, detail: vscode.l10n.t('Reads what stands in Azure and takes back only what this change wrote.'), value: 'undo' },
          { label: labels.dismiss, detail: vscode.l10n.t('Leaves everything as it stands and forgets the change.'), value: 'dismiss' },
          { label: vscode.l10n.t('Steps'), kind: vscode.QuickPickItemKind.Separator },
          ...entry.steps.map((step) => ({ label: stepText(step), alwaysShow: true })),
        ]);
      },
    });
    if (answer.kind === 'picked') {
      await this.#do(answer.value, entry);
    }
  }

  async #do(choice: Choice, entry: JournalEntry): Promise<void> {
    const { journal, messages } = this.#services;
    const running = await journal.takeOver(entry.id);
    if (running === undefined) {
      await messages.info(vscode.l10n.t('The change to {0} is finished, or another window works on it.', entry.title));
      return;
    }
    if (choice === 'dismiss') {
      await running.dismiss();
      return;
    }
    if (choice === 'undo' && !(await this.#confirmUndo(running.entry))) {
      await running.release();
      return;
    }
    const ends = await this.#finish(running, choice);
    const told = finishedText(choice, entry.title, ends);
    this.#services.log.info(`unfinished changes: ${told}`);
    await (ends.every(({ kind }) => kind === 'done' || kind === 'already') ? messages.info(told) : messages.warning(told));
  }

  async #confirmUndo(entry: JournalEntry): Promise<boolean> {
    const begun = entry.steps.filter(({ state }) => state !== 'planned' && state !== 'refused' && state !== 'already');
    return this.#services.messages.confirm(
      vscode.l10n.t('Undo the change to {0}?', entry.title),
      [vscode.l10n.t('Taken back is only what still stands as this change wrote it:'), ...begun.map(({ change }) => changeText(change))].join('\n'),
      vscode.l10n.t('Undo'),
    );
  }

  async #finish(running: RunningChange, direction: Direction): Promise<readonly StepEnd[]> {
    const { title } = running.entry;
    const doing = direction === 'goOn' ? vscode.l10n.t('Going on with {0}', title) : vscode.l10n.t('Undoing the change to {0}', title);
    return stoppable(doing, async (stop, progress) => {
      const ends = await this.#alone(identitiesOf(running.entry), () => this.#steps(running, direction, stop, progress));
      const isLeft = ends.some(({ kind }) => kind === 'stopped') || (direction === 'goOn' && isUnfinished(running.entry));
      await (isLeft ? running.release() : running.end());
      return ends;
    });
  }

  async #steps(running: RunningChange, direction: Direction, stop: AbortSignal, progress: vscode.Progress<{ message?: string }>): Promise<readonly StepEnd[]> {
    const { azure, clock, commands, log } = this.#services;
    const ends = await finishChange(running, direction, resumingAzure(azure(), commands), {
      clock,
      stop,
      report: (change, { state }) => { progress.report({ message: state === 'writing' ? changeText(change) : vscode.l10n.t('{0}, waiting', changeText(change)) }); },
    });
    for (const end of ends) {
      if (end.kind === 'failed') {
        log.failure('unfinished changes', end.error);
      }
    }
    // Only the trees show it; whether it can be read again does not change how the change ended.
    await Promise.all([...new Map(ends.map(({ change }) => [rowOf(change), change])).values()].map((change) => this.#show(change).catch(() => undefined)));
    return ends;
  }

  async #show(change: Change): Promise<void> {
    const { azure, identities, roles } = this.#services;
    const { signal } = new AbortController();
    switch (change.kind) {
      case 'credential':
        return identities.refreshIdentity(change.identity, signal);
      case 'role':
        roles.changed(change.principalId);
        return undefined;
      case 'identity':
        try {
          identities.showIdentity(await azure().identity(change.identity, signal));
        } catch (error) {
          if (toAirflowIdentityError(error).code === 'notFound') {
            identities.forgetIdentity(change.identity);
          }
        }
        return undefined;
      case 'resourceGroup':
      case 'connection':
        return undefined;
    }
  }

  async #alone<T>(refs: readonly IdentityRef[], write: () => Promise<T>): Promise<T> {
    const [ref, ...others] = refs;
    return ref === undefined ? write() : this.#services.identityWrites.run(ref, () => this.#alone(others, write));
  }
}

/** What is drawn anew after a change; the same text for changes that show in the same row. */
function rowOf(change: Change): string {
  switch (change.kind) {
    case 'credential':
    case 'identity':
      return `${change.kind} ${formatIdentityId(change.identity).toLowerCase()}`;
    case 'role':
      return `role ${change.principalId}`;
    case 'resourceGroup':
      return `group ${change.subscription.subscriptionId}/${change.name}`;
    case 'connection':
      return `connection ${change.uri}`;
  }
}

function choiceLabels(): Record<Choice, string> {
  return { goOn: vscode.l10n.t('Go on'), undo: vscode.l10n.t('Undo'), dismiss: vscode.l10n.t('Dismiss') };
}

/** Each identity once, in an order that is the same everywhere, so that two runs never wait for each other. */
function identitiesOf({ steps }: JournalEntry): readonly IdentityRef[] {
  const refs = new Map(steps.flatMap(({ change }) => (change.kind === 'credential' ? [[formatIdentityId(change.identity).toLowerCase(), change.identity] as const] : [])));
  return [...refs].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, ref]) => ref);
}
