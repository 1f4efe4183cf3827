import * as l10n from '@vscode/l10n';
import type { FormatRefusal, ProjectFormat } from './projectFormat.ts';
import { inputRefusal } from './refusal.ts';
import type { EditPlan, PlannedEdit } from './textEdit.ts';

/** A file as it is; `undefined` is one that does not exist yet. */
export interface FormatText<Text extends string | undefined> {
  readonly format: ProjectFormat;
  readonly text: Text;
}

/** What it takes to have a connection in another file. Both edits belong into one undoable step. */
export interface MovePlan {
  readonly kind: 'move';
  /** `unchanged` where the target says the same already; `differs` where it holds other values, which the user decides on. */
  readonly target: Exclude<EditPlan, FormatRefusal>;
  readonly source: PlannedEdit;
}

/** Plans to take a connection out of one file and to have it in another as it was meant. Never throws. */
export function planMove(source: FormatText<string>, target: FormatText<string | undefined>, connectionId: string): MovePlan | FormatRefusal {
  const content = source.format.read(source.text);
  if ('kind' in content) {
    return content;
  }
  const found = content.connections.find(({ connection }) => connection.connectionId === connectionId);
  if (found === undefined) {
    return inputRefusal(l10n.t('{0} holds no connection {1} any more.', source.format.title, connectionId), l10n.t('Look at the file again.'));
  }
  const removal = source.format.planRemoval(source.text, connectionId);
  const written = target.format.planConnection(target.text, found.written);
  if (written.kind === 'refused') {
    return written;
  }
  return removal.kind === 'edit'
    ? { kind: 'move', target: written, source: removal }
    : removal.kind === 'refused' ? removal : inputRefusal(l10n.t('{0} holds no connection {1} any more.', source.format.title, connectionId), l10n.t('Look at the file again.'));
}
