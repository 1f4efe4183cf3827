import type { BlockLanguage, BlockValue } from './blockValues.ts';

/** Nesting that is followed; files of this kind have four levels. */
const deepest = 40;

/**
 * Reads values of HCL and Bicep where they stand (HCL native syntax specification; Bicep `language grammar`). Whatever it
 * does not know becomes `computed`; any text is read to its end.
 */
export class BlockReader {
  readonly text: string;
  readonly language: BlockLanguage;
  at = 0;
  #counted = 0;
  #line = 1;

  constructor(text: string, language: BlockLanguage) {
    this.text = text;
    this.language = language;
  }

  /** Of what stands next, counted from 1. */
  get line(): number {
    for (; this.#counted < this.at; this.#counted++) {
      this.#line += this.text[this.#counted] === '\n' ? 1 : 0;
    }
    return this.#line;
  }

  /** Passes blanks and comments; with `lines` also ends of lines. */
  skip(lines: boolean): void {
    for (;;) {
      const rest = this.text.slice(this.at, this.at + 2);
      const first = rest[0] ?? '';
      if (rest === '//' || (first === '#' && this.language === 'terraform')) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end === -1 ? this.text.length : end;
      } else if (rest === '/*') {
        const end = this.text.indexOf('*/', this.at + 2);
        this.at = end === -1 ? this.text.length : end + 2;
      } else if (first !== '' && (first === '\n' ? lines : /\s/.test(first))) {
        this.at++;
      } else {
        return;
      }
    }
  }

  /** Takes the text when it stands next. */
  take(text: string): boolean {
    const isNext = this.text.startsWith(text, this.at);
    this.at += isNext ? text.length : 0;
    return isNext;
  }

  /** Takes a name, or `undefined`. */
  name(): string | undefined {
    const found = /^[A-Za-z_][\w-]*/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** Takes a value; something unknown is taken up to the end of its line or the bracket around it. */
  value(depth = 0): BlockValue {
    this.skip(false);
    const { line } = this;
    const first = this.text[this.at];
    const quote = this.language === 'terraform' ? '"' : '\'';
    if (depth < deepest && first === quote) {
      const start = this.at;
      const text = this.string();
      return text === undefined || !this.#ends() ? this.#computed(start, line) : { ...text, line };
    }
    if (depth < deepest && first === '[') {
      return this.#list(depth, line);
    }
    if (depth < deepest && first === '{') {
      this.at++;
      return { kind: 'object', entries: this.entries(depth + 1), line };
    }
    return this.#named(depth, line);
  }

  /** Takes `key = value` and `key: value` up to the closing brace, which is taken too. Blocks are objects of their name. */
  entries(depth = 0): ReadonlyMap<string, BlockValue> {
    const entries = new Map<string, BlockValue>();
    while (this.at < this.text.length) {
      this.skip(true);
      if (this.take('}')) {
        return entries;
      }
      const before = this.at;
      const key = this.name() ?? this.#quotedKey();
      this.skip(false);
      if (key !== undefined && (this.take('=') || this.take(':'))) {
        entries.set(key, this.value(depth));
      } else if (key !== undefined && this.text[this.at] === '{') {
        entries.set(key, this.value(depth));
      } else {
        this.#pass();
      }
      this.at = Math.max(this.at, before + 1);
      this.skip(false);
      this.take(',');
    }
    return entries;
  }

  /** Takes a quoted text with its references; `undefined`, at the same place, when it never ends. */
  string(): { readonly kind: 'text'; readonly parts: readonly (string | { readonly reference: string })[] } | undefined {
    const start = this.at;
    const quote = this.language === 'bicep' && this.text.startsWith('\'\'\'', this.at) ? '\'\'\'' : this.text[this.at] ?? '';
    if (quote.length > 1 && !this.text.includes(quote, this.at + quote.length)) {
      return undefined;
    }
    this.at += quote.length;
    const parts: (string | { readonly reference: string })[] = [];
    let plain = '';
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (this.take(quote)) {
        return { kind: 'text', parts: plain === '' && parts.length > 0 ? parts : [...parts, plain] };
      }
      if (character === '\n' && quote.length === 1) {
        break;
      }
      const reference = quote.length === 1 ? /^\$\{\s*([A-Za-z_][\w.-]*)\s*\}/.exec(this.text.slice(this.at, this.at + 200)) : null;
      if (reference?.[1] !== undefined) {
        parts.push(plain, { reference: reference[1] });
        plain = '';
        this.at += reference[0].length;
      } else if (quote.length === 1 && this.text.startsWith('${', this.at)) {
        // A computed piece: the text cannot be told, but it has to be passed.
        const end = this.text.indexOf('}', this.at);
        parts.push(plain, { reference: this.text.slice(this.at + 2, end === -1 ? this.text.length : end) });
        plain = '';
        this.at = end === -1 ? this.text.length : end + 1;
      } else if (character === '\\' && quote.length === 1) {
        plain += this.text[this.at + 1] ?? '';
        this.at += 2;
      } else {
        plain += character;
        this.at++;
      }
    }
    this.at = start;
    return undefined;
  }

  #list(depth: number, line: number): BlockValue {
    this.at++;
    this.skip(true);
    const loop = this.language === 'bicep' ? /^for\s+([A-Za-z_]\w*)\s+in\s+/.exec(this.text.slice(this.at, this.at + 200)) : null;
    if (loop?.[1] !== undefined) {
      this.at += loop[0].length;
      const list = this.value(depth + 1);
      this.skip(true);
      this.take(':');
      this.skip(true);
      const body = this.value(depth + 1);
      this.skip(true);
      this.take(']');
      return { kind: 'loop', variable: loop[1], list, body, line };
    }
    const items: BlockValue[] = [];
    while (this.at < this.text.length) {
      this.skip(true);
      if (this.take(']')) {
        break;
      }
      const before = this.at;
      items.push(this.value(depth + 1));
      this.skip(true);
      this.take(',');
      if (this.at === before) {
        this.at++;
      }
    }
    return { kind: 'list', items, line };
  }

  /** `local.name`, `toset([...])`, or something unknown. */
  #named(depth: number, line: number): BlockValue {
    const start = this.at;
    const set = /^toset\(\s*/.exec(this.text.slice(this.at, this.at + 20));
    if (set !== null && depth < deepest) {
      this.at += set[0].length;
      const value = this.value(depth + 1);
      this.skip(true);
      if (this.take(')') && this.#ends()) {
        return value;
      }
      return this.#computed(start, line);
    }
    const reference = /^[A-Za-z_][\w.-]*/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    this.at += reference?.length ?? 0;
    return reference !== undefined && this.#ends() ? { kind: 'reference', reference, line } : this.#computed(start, line);
  }

  /** True when nothing more belongs to the value. */
  #ends(): boolean {
    const rest = this.text.slice(this.at, this.at + 200).replace(/^[ \t\r]+/, '');
    return rest === '' || /^[\n,\]})#:]|^\/[/*]/.test(rest);
  }

  #computed(start: number, line: number): BlockValue {
    this.at = start;
    this.#pass();
    return { kind: 'computed', written: this.text.slice(start, this.at).trim(), line };
  }

  /** Passes an expression: to the end of its line outside brackets, or to the bracket that closes around it. */
  #pass(): void {
    let depth = 0;
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? '';
      if (character === '"' || (character === '\'' && this.language === 'bicep')) {
        const end = endOfString(this.text, this.at);
        this.at = end;
      } else if ('([{'.includes(character)) {
        depth++;
      } else if (')]}'.includes(character)) {
        if (depth === 0) {
          return;
        }
        depth--;
      } else if (depth === 0 && (character === '\n' || character === ',')) {
        return;
      }
    }
  }

  #quotedKey(): string | undefined {
    const first = this.text[this.at];
    const text = first === '"' || first === '\'' ? this.string() : undefined;
    return text?.parts.every((part) => typeof part === 'string') === true ? text.parts.join('') : undefined;
  }
}

/** Where the quote that closes a text on one line stands, or where the line ends. */
function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') {
      at++;
    } else if (text[at] === quote || text[at] === '\n') {
      return at;
    }
  }
  return text.length;
}
