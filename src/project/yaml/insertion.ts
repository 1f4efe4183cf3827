import * as l10n from '@vscode/l10n';
import type { CST } from 'yaml';
import type { TextEdit } from '../textEdit.ts';
import { columnOf, lineEnd, lineStart } from '../textLines.ts';
import { insertLinesAt } from '../insertedLines.ts';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import { contentEnd, itemEnd, lastBlockScalar } from './yamlTokens.ts';

/**
 * Inserts whole lines behind the content that ends with `token`, and behind the comment lines that follow it indented
 * deeper than `column`, since those belong to it.
 */
export function insertLinesAfter(text: string, token: CST.Token, column: number, lines: readonly string[]): TextEdit | FormatRefusal {
  const block = lastBlockScalar(token);
  const end = contentEnd(token);
  if (block === undefined) {
    return insertLinesAt(text, skipDeeperComments(text, lineEnd(text, end), column), lines);
  }
  const keepsBlankLines = block.props.some((prop) => prop.type === 'block-scalar-header' && prop.source.includes('+'));
  const stripsBreaks = block.props.some((prop) => prop.type === 'block-scalar-header' && prop.source.includes('-'));
  if (!stripsBreaks && text[end - 1] !== '\n') {
    // A line break behind `|` text at the end of a file becomes part of that text.
    return refusal(
      text,
      end,
      l10n.t('The last value of the file is a block of text without a line break at its end. Adding lines would change that value.'),
      l10n.t('Add an empty line at the end of the file, then try again.'),
    );
  }
  return insertLinesAt(text, keepsBlankLines ? end : behindBlankText(text, end), lines);
}

/** Adds an item to a flow list or map, on a line of its own where the last item has one. */
export function insertInFlow(text: string, flow: CST.FlowCollection, item: string): readonly TextEdit[] {
  const close = flow.end.find(({ type }) => type === 'flow-seq-end' || type === 'flow-map-end');
  const last = flow.items.findLast((candidate) => itemEnd(candidate) !== undefined);
  const lastEnd = last && itemEnd(last);
  if (last === undefined || lastEnd === undefined) {
    return [{ offset: close?.offset ?? flow.offset + 1, length: 0, text: item }];
  }
  const lastStart = flowItemStart(last) ?? lastEnd;
  const comma = flow.items.at(-1) === last ? undefined : flow.items.at(-1)?.start.find(({ type }) => type === 'comma');
  const behind = comma === undefined ? lastEnd : comma.offset + 1;
  // go-yaml reads `key:,` as one word.
  const separator = comma === undefined ? (text[behind - 1] === ':' ? ' ,' : ',') : '';
  const closeStart = close?.offset ?? behind;
  const ownLine = /^[ \t]*$/.test(text.slice(lineStart(text, lastStart), lastStart)) && text.slice(behind, closeStart).includes('\n');
  if (!ownLine) {
    return [{ offset: behind, length: 0, text: `${separator} ${item}` }];
  }
  const indentation = text.slice(lineStart(text, lastStart), lastStart);
  const line = insertLinesAt(text, lineEnd(text, behind), [`${indentation}${item}${comma === undefined ? '' : ','}`]);
  return separator === '' ? [line] : [{ offset: behind, length: 0, text: separator }, line];
}

function flowItemStart(item: CST.FlowCollection['items'][number]): number | undefined {
  const prop = item.start.find(({ type }) => type === 'tag' || type === 'anchor' || type === 'explicit-key-ind');
  return prop?.offset ?? item.key?.offset ?? item.value?.offset;
}

/**
 * Where a block of text that ends at `offset` really ends: before empty lines, but behind lines of blanks alone. Those may
 * be part of the text; this parser leaves them out, go-yaml does not.
 */
function behindBlankText(text: string, offset: number): number {
  const blankLines = /^(?:[ \t]*\r?\n)*[ \t]+\r?\n/.exec(text.slice(offset))?.[0];
  return blankLines === undefined
    ? offset - (/(?<=\n)(?:\r?\n)+$/.exec(text.slice(0, offset))?.[0].length ?? 0)
    : offset + blankLines.length;
}

/** Behind comment lines that directly follow and stand deeper than `column`, and behind those that follow and start with tabs. */
function skipDeeperComments(text: string, offset: number, column: number): number {
  let behindTabs = offset;
  let behindDeeper = offset;
  for (let at = offset; at < text.length && at === lineStart(text, at);) {
    const next = lineEnd(text, at);
    const blank = /^[ \t]*(?=#|\r?\n|$)/.exec(text.slice(at, next))?.[0];
    if (blank === undefined) {
      break;
    }
    if (blank.includes('\t')) {
      // go-yaml takes such a line behind a plain value, where it stands now, but not behind a quoted one, which ours is.
      behindTabs = next;
    } else if (behindDeeper === at && text[at + blank.length] === '#' && blank.length > column) {
      behindDeeper = next;
    }
    at = next;
  }
  return Math.max(behindTabs, behindDeeper);
}

/** Spaces that put text where `offset` stands in its line. */
export function indentationAt(text: string, offset: number): string {
  return ' '.repeat(columnOf(text, offset));
}
