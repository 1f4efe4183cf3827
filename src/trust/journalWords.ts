import * as l10n from '@vscode/l10n';
import type { Change, JournalEntry } from './journalEntry.ts';
import type { Direction, StepEnd } from './journalRun.ts';

/** What happened to a change, in one sentence. */
export function interruptedText(entry: JournalEntry): string {
  return l10n.t('A change to {0} was interrupted: {1}', entry.title, begunText(entry));
}

/** How far a change came. */
export function begunText({ steps }: JournalEntry): string {
  return l10n.t('{0} of {1} steps were begun.', steps.filter(({ state }) => state !== 'planned').length, steps.length);
}

/** What going on would make of one step, and how far it came. */
export function stepText({ change, state }: JournalEntry['steps'][number]): string {
  const stateText = {
    planned: l10n.t('not begun'),
    started: l10n.t('begun, outcome unknown'),
    done: l10n.t('done'),
    already: l10n.t('was so before'),
    interrupted: l10n.t('failed for the moment'),
    refused: l10n.t('refused'),
  }[state];
  return l10n.t('{0} ({1})', changeText(change), stateText);
}

/** One change as a user would say it. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'credential':
      return credentialText(change);
    case 'role':
      return change.action === 'assign' ? l10n.t('Give role {0} on {1}', change.roleName, change.scope.name) : l10n.t('Remove role {0} on {1}', change.roleName, change.scope.name);
    case 'identity':
      return change.action === 'create' ? l10n.t('Create identity {0}', change.identity.name) : l10n.t('Delete identity {0}', change.identity.name);
    case 'resourceGroup':
      return l10n.t('Create resource group {0}', change.name);
    case 'connection':
      return l10n.t('Write connection {0}', change.connectionId);
  }
}

/** What going on or undoing did, for a message: a summary, then each step that was not done. */
export function finishedText(direction: Direction, title: string, ends: readonly StepEnd[]): string {
  const missed = ends.flatMap((end) => reasonOf(end) ?? []);
  const written = ends.filter(({ kind }) => kind === 'done').length;
  const stood = ends.filter(({ kind }) => kind === 'already').length;
  const summary =
    direction === 'goOn'
      ? l10n.t('The change to {0} went on: {1} done now, {2} done before.', title, written, stood)
      : l10n.t('The change to {0} was undone: {1} taken back, {2} needed nothing.', title, written, stood);
  return missed.length === 0 ? summary : [summary, l10n.t('Not done: {0}', missed.join('; '))].join(' ');
}

function reasonOf(end: StepEnd): string | undefined {
  switch (end.kind) {
    case 'done':
    case 'already':
      return undefined;
    case 'leftAlone':
      return l10n.t('{0}: {1}', changeText(end.change), end.why);
    case 'failed':
      return l10n.t('{0}: {1}', changeText(end.change), end.error.message);
    case 'stopped':
      return l10n.t('{0}: {1}', changeText(end.change), l10n.t('You stopped before it.'));
  }
}

function credentialText({ name, identity, before, after }: Extract<Change, { kind: 'credential' }>): string {
  if (after === undefined) {
    return l10n.t('Delete credential {0} of {1}', name, identity.name);
  }
  return before === undefined ? l10n.t('Create credential {0} on {1}', name, identity.name) : l10n.t('Replace credential {0} on {1}', name, identity.name);
}
