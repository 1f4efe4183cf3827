import type { Pieces } from '../pieces.ts';

/** What makes one part of a YAML file depend on another, or its lines mean something else than they look like. */
const ties = /(?:^|[\s,[{:])[&*][^\s,[\]{}]|<<\s*:|^(?:%|---|\.\.\.)|\t|\r(?!\n)/m;

/** What a line begins with that can only be a key, where it stands no deeper than the keys around it. */
const beginsKey = /^["'\w.]/;

/**
 * The items of the list below a key that stands alone on its line, such as `connections:`, each with the lines up to the next.
 * @param probe an item that the file's reader takes for a connection
 */
export function listPieces(text: string, prefixOf: (column: number) => string, key: RegExp, probe: string): Pieces | undefined {
  const match = ties.test(text) ? null : key.exec(text);
  if (match === null) {
    return undefined;
  }
  const column = match.groups?.['indentation']?.length ?? 0;
  const from = match.index + match[0].length;
  const dash = /^( *)-(?: |\r?$)/m.exec(text.slice(from));
  const dashColumn = dash?.[1]?.length ?? -1;
  // Only comments and empty lines stand between the key and its list.
  if (dash === null || dashColumn < column || /^ *[^\s#]/m.test(text.slice(from, from + dash.index))) {
    return undefined;
  }
  return cut(text, from + dash.index, prefixOf(column), `${' '.repeat(dashColumn)}- ${probe}\n`, (line) => {
    const isDash = line.column === dashColumn && /^-(?:\s|$)/.test(line.content);
    return isDash ? 'start' : line.column > dashColumn ? 'inside' : line.column <= column && beginsKey.test(line.content) ? 'end' : 'unclear';
  });
}

/** The keys at the left edge of a file, each with the lines up to the next. */
export function rootPieces(text: string): Pieces | undefined {
  const first = ties.test(text) ? -1 : text.search(/^[^\s#]/m);
  return first === -1 || /^[[{?!|>'"-]/.test(text.slice(first)) && !/^["'][^"'\n]*["']:/.test(text.slice(first))
    ? undefined
    : cut(text, first, '', '', ({ column, content }) => (column > 0 ? 'inside' : beginsKey.test(content) ? 'start' : 'unclear'));
}

interface Line {
  readonly column: number;
  readonly content: string;
}

/** Cuts a text from `from` on by what its lines are; comments and empty lines belong to what stands above them. */
function cut(text: string, from: number, prefix: string, probe: string, kindOf: (line: Line) => 'start' | 'inside' | 'end' | 'unclear'): Pieces | undefined {
  const starts: number[] = [];
  let end = text.length;
  for (let at = from; at < text.length;) {
    const lineBreak = text.indexOf('\n', at);
    const next = lineBreak === -1 ? text.length : lineBreak + 1;
    let first = at;
    while (text.charCodeAt(first) === 32) {
      first += 1;
    }
    const code = text.charCodeAt(first);
    const isContent = first < next && code !== 35 && code !== 10 && code !== 13;
    const kind = isContent ? kindOf({ column: first - at, content: text.slice(first, first + 2) }) : 'inside';
    if (kind === 'unclear') {
      return undefined;
    }
    if (kind === 'end') {
      end = at;
      break;
    }
    if (kind === 'start') {
      starts.push(at);
    }
    at = next;
  }
  const pieces = starts.map((offset, index) => ({ offset, text: text.slice(offset, starts[index + 1] ?? end) }));
  return { prefix, pieces, rest: text.slice(0, from) + probe + text.slice(end), probe: probe === '' ? undefined : { offset: from, length: probe.length } };
}
