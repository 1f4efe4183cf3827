import type { ErrorCode } from '../errors.ts';

/** Replaces `length` characters from `offset` (UTF-16 code units of the text that was planned on) by `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** One line of a preview, as a diff shows it. */
export interface PreviewLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What an edit would do to a file, ready to be shown and then applied as one undoable step. */
export interface PlannedEdit {
  readonly kind: 'edit';
  /** `fill` takes the template's empty entry, `update` changes an entry of the same id, `create` makes the file, `remove` takes the entry out. */
  readonly action: 'create' | 'add' | 'fill' | 'update' | 'remove';
  /** Sorted, not overlapping. */
  readonly edits: readonly TextEdit[];
  /** Where the entry starts after the edit, or started, for the cursor. */
  readonly cursor: number;
  readonly preview: readonly PreviewLine[];
  /** First and last line of the preview, counted from 1, in the edited text; a place that is no file has no lines. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
}

/** The outcome of planning an edit. Nothing is written before the user saw it. */
export type EditPlan =
  | PlannedEdit
  /** The file already says exactly this. */
  | { readonly kind: 'unchanged'; readonly cursor: number; readonly notes: readonly string[] }
  /**
   * An entry of the same id holds other values: both versions are shown and the user chooses. `notes` are sentences on
   * what overwriting leaves in the entry and what it means there, such as a secret that wins over the identity.
   */
  | {
      readonly kind: 'differs';
      readonly existing: string;
      readonly wanted: string;
      readonly cursor: number;
      readonly overwrite: PlannedEdit;
      readonly notes: readonly string[];
    }
  /** The file cannot be edited safely; `message` says why and where, `fix` what to do. */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly fix: string; readonly line: number | undefined };

/** What a plan would change, an entry that holds other values included; nothing where the file says it already. */
export function editsOf(plan: Exclude<EditPlan, { kind: 'refused' }>): readonly TextEdit[] {
  switch (plan.kind) {
    case 'edit':
      return plan.edits;
    case 'differs':
      return plan.overwrite.edits;
    case 'unchanged':
      return [];
  }
}

/** True when two edits do the same: lines moved by edits elsewhere do not matter; what comes, what goes and what stands around it do. */
export function sameEdit(a: PlannedEdit, b: PlannedEdit): boolean {
  const essence = ({ action, edits, preview }: PlannedEdit): string =>
    JSON.stringify([action, edits.map(({ length, text }) => [length, text]), preview.map(({ kind, text }) => [kind, text])]);
  return essence(a) === essence(b);
}

/** Applies edits to the text they were planned on. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.offset) + edit.text;
    from = edit.offset + edit.length;
  }
  return result + text.slice(from);
}
