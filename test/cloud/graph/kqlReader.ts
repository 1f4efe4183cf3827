import { KqlFailure, kqlTokens } from './kqlTokens.ts';
import type { KqlToken } from './kqlTokens.ts';

/** Reads a query part by part; every `expect…` throws `KqlFailure` where something else stands. */
export class KqlReader {
  readonly #tokens: readonly KqlToken[];
  #at = 0;
  /** Names that can be used at this point of the query. */
  columns: ReadonlySet<string> = new Set();

  constructor(query: string) {
    this.#tokens = kqlTokens(query);
  }

  /** The part that was taken last. */
  get previous(): KqlToken {
    return this.#token(this.#at - 1);
  }

  get atEnd(): boolean {
    return this.#token(this.#at).kind === 'end';
  }

  fail(token: KqlToken = this.#token(this.#at)): never {
    throw new KqlFailure(token);
  }

  takeWord(word: string): KqlToken | undefined {
    const token = this.#token(this.#at);
    return token.kind === 'word' && token.text === word ? this.expectAny() : undefined;
  }

  takeSign(sign: string): boolean {
    const token = this.#token(this.#at);
    const found = token.kind === 'sign' && token.text === sign;
    this.#at += found ? 1 : 0;
    return found;
  }

  /** The new name of a column, where a word and a `=` come next. */
  takeAlias(): string | undefined {
    const [name, sign] = [this.#token(this.#at), this.#token(this.#at + 1)];
    if (name.kind !== 'word' || sign.kind !== 'sign' || sign.text !== '=') {
      return undefined;
    }
    this.#at += 2;
    return name.text;
  }

  expectAny(): KqlToken {
    const token = this.#token(this.#at);
    this.#at += 1;
    return token;
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) {
      this.fail();
    }
  }

  expectWord(word?: string): KqlToken {
    const token = this.expectAny();
    return token.kind === 'word' && (word === undefined || token.text === word) ? token : this.fail(token);
  }

  expectText(): string {
    const token = this.expectAny();
    return token.kind === 'text' ? token.text : this.fail(token);
  }

  takeText(): string | undefined {
    return this.#token(this.#at).kind === 'text' ? this.expectText() : undefined;
  }

  /** A word that names a column of this point of the query. */
  expectColumn(): string {
    const token = this.expectWord();
    return this.columns.has(token.text) ? token.text : this.fail(token);
  }

  #token(index: number): KqlToken {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(Math.max(index, 0), last)];
    return token ?? { kind: 'end', text: '<EOF>', line: 1, column: 0 };
  }
}
