import type { TextEdit } from './textEdit.ts';
import { applyEdits } from './textEdit.ts';

/** A stretch of the first text that is still there, or text that came in. */
type Piece = { readonly kind: 'kept'; readonly offset: number; readonly length: number } | { readonly kind: 'new'; readonly text: string };

/** A text that is edited several times over, and what all of it together does to the text it began as. */
export class EditedText {
  readonly #first: string;
  readonly #pieces: readonly Piece[];
  readonly text: string;

  private constructor(first: string, text: string, pieces: readonly Piece[]) {
    this.#first = first;
    this.text = text;
    this.#pieces = pieces;
  }

  /** A text that was not edited yet. */
  static of(text: string): EditedText {
    return new EditedText(text, text, [{ kind: 'kept', offset: 0, length: text.length }]);
  }

  /** With further edits, which were planned on `text`: sorted, not overlapping. */
  with(edits: readonly TextEdit[]): EditedText {
    const pieces: Piece[] = [];
    let from = 0;
    for (const { offset, length, text } of edits) {
      pieces.push(...this.#between(from, offset), { kind: 'new', text });
      from = offset + length;
    }
    return new EditedText(this.#first, applyEdits(this.text, edits), [...pieces, ...this.#between(from, this.text.length)]);
  }

  /** The edits that make the text what it is now, of the one it began as: sorted, not overlapping, none of them empty. */
  edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let from = 0;
    let text = '';
    const close = (offset: number): void => {
      if (offset > from || text !== '') {
        edits.push({ offset: from, length: offset - from, text });
      }
      text = '';
    };
    for (const piece of this.#pieces) {
      if (piece.kind === 'new') {
        text += piece.text;
      } else if (piece.length > 0) {
        close(piece.offset);
        from = piece.offset + piece.length;
      }
    }
    close(this.#first.length);
    return edits;
  }

  /** The pieces of a stretch of the text as it is now. */
  #between(from: number, to: number): readonly Piece[] {
    const found: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const length = piece.kind === 'kept' ? piece.length : piece.text.length;
      const start = Math.max(from, at) - at;
      const end = Math.min(to, at + length) - at;
      if (end > start) {
        found.push(piece.kind === 'kept' ? { kind: 'kept', offset: piece.offset + start, length: end - start } : { kind: 'new', text: piece.text.slice(start, end) });
      }
      at += length;
    }
    return found;
  }
}
