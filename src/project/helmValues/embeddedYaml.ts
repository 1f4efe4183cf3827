import * as l10n from '@vscode/l10n';
import type { Node } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { FormatRefusal, TextRange } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { TextEdit } from '../textEdit.ts';
import { applyEdits } from '../textEdit.ts';
import { lineBreakOf, lineEnd, lineNumber } from '../textLines.ts';
import type { NewNode } from '../yaml/addition.ts';
import { addNode, addToCollection } from '../yaml/addition.ts';
import { scalarPlace } from '../yaml/scalarPlace.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { isShared, readYaml } from '../yaml/yamlDocument.ts';
import { hasActions, withoutActions } from './templateText.ts';

/** Edits of a text, or why there are none. */
type Edits = readonly TextEdit[] | FormatRefusal;

/**
 * YAML that stands as a block of text (`|`) in a `values.yaml`, for `tpl` to render: read with its actions hidden, edited by lines, so that
 * whatever is not edited stays byte for byte.
 */
export class EmbeddedYaml {
  readonly #outer: YamlText;
  readonly #node: Node;
  /** The text with its actions. */
  readonly #text: string;
  /** Where each line of the text starts in the file, and where the line behind the last one does. */
  readonly #starts: readonly number[];
  readonly #indentation: number;
  /** The text with its actions hidden. */
  readonly document: YamlText;

  private constructor(outer: YamlText, node: Node, document: YamlText, { text, starts, indentation }: Block) {
    this.#outer = outer;
    this.#node = node;
    this.#text = text;
    this.#starts = starts;
    this.#indentation = indentation;
    this.document = document;
  }

  /** Reads the text that a node is; `undefined` for other nodes, and for texts that are no YAML without their actions. */
  static read(outer: YamlText, node: Node | undefined): EmbeddedYaml | undefined {
    const block = blockOf(outer.text, node);
    const document = block === undefined ? undefined : readYaml(withoutActions(block.text), outer.file);
    return node === undefined || block === undefined || document === undefined || document.kind === 'refused' ? undefined : new EmbeddedYaml(outer, node, document, block);
  }

  /** What the text is as a whole: a list, a map, or nothing. */
  get root(): Node | undefined {
    return this.document.yaml.contents ?? undefined;
  }

  /** True where an action stands within a part of the text. */
  isTemplated({ offset, length }: TextRange): boolean {
    return hasActions(this.#text.slice(offset, offset + length));
  }

  /** What a scalar of the text says, its actions as they are written. */
  written(node: unknown): string | undefined {
    if (!isScalar(node) || typeof node.value !== 'string') {
      return undefined;
    }
    const place = scalarPlace(this.document.text, node)?.range;
    return place !== undefined && this.isTemplated(place) ? this.#text.slice(place.offset, place.offset + place.length) : node.value;
  }

  /** Where a part of the text stands in the file. */
  placeOf({ offset, length }: TextRange): TextRange {
    const start = this.#placeAt(offset);
    return { offset: start, length: this.#placeAt(offset + length) - start };
  }

  /** Edits of the file that add an item to the list or a key to the map, behind all else: also behind the end of a condition. */
  add(node: NewNode): Edits {
    const { root, document } = this;
    const edits = isSeq(root) || isMap(root) ? addToCollection(document, root, node) : addNode(document, [], node);
    return this.edits('kind' in edits ? edits : edits.map((edit) => this.#behindActions(edit)));
  }

  /** Edits of the file that do to it what these do to the text. */
  edits(edits: Edits): Edits {
    const outer = this.#outer.text;
    if ('kind' in edits) {
      const [first = 0] = this.#starts;
      return { ...edits, line: edits.line === undefined ? undefined : edits.line + lineNumber(outer, first) - 1 };
    }
    if (isShared(this.#outer, this.#node, 'itself')) {
      return refusal(outer, this.#node.range?.[0] ?? 0, l10n.t('The text is shared through a YAML anchor. An edit there would change other places too.'), l10n.t('Write it out in full, without the anchor, or make the change by hand.'));
    }
    const before = this.#text.split('\n');
    const after = applyEdits(this.#text, edits).split('\n');
    const head = sameFrom(before, after, Math.min(before.length, after.length));
    const tail = sameFrom(before.toReversed(), after.toReversed(), Math.min(before.length, after.length) - head);
    const offset = this.#startOf(head);
    const end = this.#startOf(before.length - tail);
    const lines = after.slice(head, after.length - tail).map((line) => (line === '' ? '' : ' '.repeat(this.#indentation) + line));
    if (lines.length === 0 && end === offset) {
      return [];
    }
    const lineBreak = lineBreakOf(outer);
    const isOpen = end === outer.length && !outer.endsWith('\n');
    const text = isOpen
      ? (offset === end ? lines.map((line) => lineBreak + line).join('') : lines.join(lineBreak))
      : lines.map((line) => line + lineBreak).join('');
    return [{ offset, length: end - offset, text }];
  }

  #behindActions(edit: TextEdit): TextEdit {
    if (edit.length > 0 || !edit.text.endsWith('\n')) {
      return edit;
    }
    let last = edit.offset;
    for (let at = edit.offset; at < this.#text.length; at = lineEnd(this.#text, at)) {
      const end = lineEnd(this.#text, at);
      last = this.document.text.slice(at, end) === this.#text.slice(at, end) ? last : end;
    }
    return { ...edit, offset: last };
  }

  #placeAt(offset: number): number {
    const before = this.#text.slice(0, offset);
    const line = before.split('\n').length - 1;
    const column = offset - (before.lastIndexOf('\n') + 1);
    const start = this.#startOf(line);
    // Behind the last line there is no indentation.
    return column === 0 && offset === this.#text.length ? start : start + this.#indentation + column;
  }

  #startOf(line: number): number {
    return this.#starts[line] ?? this.#outer.text.length;
  }
}

interface Block {
  readonly text: string;
  readonly starts: readonly number[];
  readonly indentation: number;
}

function blockOf(outer: string, node: Node | undefined): Block | undefined {
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || typeof node.value !== 'string' || node.range === null || node.range === undefined) {
    return undefined;
  }
  const text = node.value;
  const lines = text.split('\n');
  const starts: number[] = [];
  for (let at = lineEnd(outer, node.range[0]), count = 0; count <= lines.length; count += 1, at = lineEnd(outer, at)) {
    starts.push(at);
  }
  const first = lines.findIndex((line) => line.trim() !== '');
  const start = starts[first];
  if (start === undefined) {
    return undefined;
  }
  const indentation = outer.slice(start, lineEnd(outer, start)).replace(/\r?\n$/, '').length - (lines[first] ?? '').length;
  return indentation < 0 ? undefined : { text, starts, indentation };
}

/** How many lines two texts begin with in the same way. */
function sameFrom(a: readonly string[], b: readonly string[], most: number): number {
  const different = a.slice(0, most).findIndex((line, index) => line !== b[index]);
  return different === -1 ? most : different;
}
