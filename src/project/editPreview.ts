import type { PreviewLine, TextEdit } from './textEdit.ts';
import { applyEdits } from './textEdit.ts';
import { lineEnd, lineNumber, lineStart } from './textLines.ts';

/** The lines an edit touches, with one unchanged line on either side, and where they are in the edited text. */
export interface EditPreview {
  readonly preview: readonly PreviewLine[];
  /** Counted from 1, in the edited text. */
  readonly lines: { readonly first: number; readonly last: number };
}

/** Hides what must not be shown in the lines of a text, which are given from the first one on. */
export type LineMask = (lines: readonly string[]) => readonly string[];

/** Shows what edits (sorted, not overlapping, at least one) do to a text, line by line. Secrets are masked. */
export function previewEdits(text: string, edits: readonly TextEdit[], mask: LineMask): EditPreview {
  const first = edits[0]?.offset ?? 0;
  const lastEdit = edits.at(-1);
  const last = lastEdit === undefined ? first : lastEdit.offset + lastEdit.length;
  const from = lineStart(text, lineStart(text, first) - 1);
  const to = lineEnd(text, lineEnd(text, last));
  const before = text.slice(from, to);
  const after = applyEdits(before, edits.map((edit) => ({ ...edit, offset: edit.offset - from })));
  const compared = trimContext(compareLines(splitLines(before), splitLines(after)));
  const start = lineNumber(text, from) + compared.skipped;
  const length = compared.lines.filter(({ kind }) => kind !== 'removed').length;
  return {
    preview: masked(compared, lineNumber(text, from) - 1, mask(splitLines(text)), mask(splitLines(applyEdits(text, edits)))),
    lines: { first: start, last: Math.max(start, start + length - 1) },
  };
}

/**
 * The lines as they may be shown. Whether a line belongs to a secret is decided by the whole text, because the value may
 * have begun above what is shown.
 * @param first line of the texts that the comparison began at, counted from 0
 */
function masked({ lines, skipped }: ReturnType<typeof trimContext>, first: number, old: readonly string[], now: readonly string[]): readonly PreviewLine[] {
  let row = first + skipped;
  let column = first + skipped;
  return lines.map(({ kind, text }) => {
    const shown = kind === 'added' ? now[column] : old[row];
    row += kind === 'added' ? 0 : 1;
    column += kind === 'removed' ? 0 : 1;
    return { kind, text: shown ?? text };
  });
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

// Entries have some ten lines. Beyond a thousand the table would take more memory than a preview is worth.
const mostCompared = 1_000_000;

/** Longest common subsequence. */
function compareLines(before: readonly string[], after: readonly string[]): readonly PreviewLine[] {
  if (before.length * after.length > mostCompared) {
    return [
      ...before.map((text) => ({ kind: 'removed', text }) as const),
      ...after.map((text) => ({ kind: 'added', text }) as const),
    ];
  }
  const common = commonLengths(before, after);
  const lines: PreviewLine[] = [];
  let added: PreviewLine[] = [];
  let row = 0;
  let column = 0;
  const flush = (): void => {
    lines.push(...added);
    added = [];
  };
  while (row < before.length || column < after.length) {
    const old = before[row];
    const now = after[column];
    if (old !== undefined && old === now) {
      flush();
      lines.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (now === undefined || lengthAt(common, row + 1, column) >= lengthAt(common, row, column + 1))) {
      lines.push({ kind: 'removed', text: old });
      row += 1;
    } else {
      // Held back until the next common line, so that a block reads: all that goes, then all that comes.
      added.push({ kind: 'added', text: now ?? '' });
      column += 1;
    }
  }
  flush();
  return lines;
}

function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const length = before[row] === after[column]
        ? lengthAt(table, row + 1, column + 1) + 1
        : Math.max(lengthAt(table, row + 1, column), lengthAt(table, row, column + 1));
      table[row]?.fill(length, column, column + 1);
    }
  }
  return table;
}

function lengthAt(table: readonly Uint32Array[], row: number, column: number): number {
  return table[row]?.[column] ?? 0;
}

/** Leaves one line of context on either side. */
function trimContext(lines: readonly PreviewLine[]): { readonly lines: readonly PreviewLine[]; readonly skipped: number } {
  const first = lines.findIndex(({ kind }) => kind !== 'same');
  const last = lines.findLastIndex(({ kind }) => kind !== 'same');
  const skipped = Math.max(0, first - 1);
  return { lines: lines.slice(skipped, last + 2), skipped };
}
