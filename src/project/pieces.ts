import type { FileContent, FormatRefusal, TextRange } from './projectFormat.ts';
import { shiftedContent } from './shifted.ts';

/** A file cut into parts that can be read one by one: what is read from each, and from the rest, is what is read from the whole. */
export interface Pieces {
  /** What stands before a piece that is read alone, so that it means the same. */
  readonly prefix: string;
  readonly pieces: readonly { readonly offset: number; readonly text: string }[];
  /** All that is in no piece, with a connection in place of the pieces to prove that they are where they seem to be. */
  readonly rest: string;
  /** Where that connection stands; without it there is nothing to prove, and the rest holds none. */
  readonly probe: TextRange | undefined;
}

type Read = (text: string) => FileContent | FormatRefusal;

/**
 * Reads texts that change little from one to the next, as they do under a typing hand: pieces that stood in the last text
 * are not read again.
 */
export class PieceReader {
  readonly #cut: (text: string) => Pieces | undefined;
  readonly #read: Read;
  #known: ReadonlyMap<string, FileContent> = new Map();

  /** @param read what a text holds, without what only a whole file can tell */
  constructor(cut: (text: string) => Pieces | undefined, read: Read) {
    this.#cut = cut;
    this.#read = read;
  }

  /** What the pieces of a text hold together; `undefined` where the whole has to be read. */
  read(text: string): FileContent | undefined {
    const cut = this.#cut(text);
    if (cut === undefined) {
      return undefined;
    }
    const rest = this.#known.get(cut.rest) ?? this.#read(cut.rest);
    if ('kind' in rest || rest.findings.length > 0 || !isProven(cut, rest)) {
      return undefined;
    }
    const now = new Map<string, FileContent>([[cut.rest, rest]]);
    const contents: FileContent[] = [];
    for (const piece of cut.pieces) {
      const whole = cut.prefix + piece.text;
      const content = this.#known.get(whole) ?? now.get(whole) ?? this.#read(whole);
      if ('kind' in content) {
        return undefined;
      }
      now.set(whole, content);
      contents.push(shiftedContent(content, piece.offset - cut.prefix.length));
    }
    this.#known = now;
    return { connections: contents.flatMap(({ connections }) => connections), findings: contents.flatMap(({ findings }) => findings) };
  }
}

function isProven({ probe }: Pieces, { connections }: FileContent): boolean {
  const [first] = connections;
  return probe === undefined
    ? first === undefined
    : connections.length === 1 && first !== undefined && first.entry.offset >= probe.offset && first.entry.offset < probe.offset + probe.length;
}
