/** How a shell quotes, continues lines and writes lists. zsh reads as bash does, as far as it matters here. */
export type ShellDialect = 'bash' | 'powershell';

/** A piece of a word: text as it is, a variable to be replaced, or something that only the shell could compute. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'computed'; readonly text: string };

/** A word, an end of a command, or one of the brackets that make lists and blocks. */
export type ShellToken =
  | { readonly kind: 'word'; readonly parts: readonly WordPart[]; readonly quoted: boolean; readonly line: number }
  | { readonly kind: 'end'; readonly text: string; readonly line: number }
  | { readonly kind: 'bracket'; readonly text: '(' | ')' | '{' | '}'; readonly line: number };

/** Guesses by what only PowerShell writes: `$name =`, `foreach (`, a backtick at the end of a line. */
export function dialectOf(text: string): ShellDialect {
  return /(?:^|\n)[ \t]*\$[A-Za-z_]\w*[ \t]*=|`[ \t]*\r?\n|\bforeach[ \t]*\(|\|[ \t]*(?:%|foreach-object)[ \t]*\{/i.test(text) ? 'powershell' : 'bash';
}

/**
 * Splits a script into words and ends of commands, as the shell would read it (POSIX shell command language 2.2 and 2.3;
 * PowerShell `about_Quoting_Rules`, `about_Special_Characters`). Quotes that word processors made curly count as quotes.
 * Runs nothing; any text gives some tokens.
 */
export function shellTokens(text: string, dialect: ShellDialect): readonly ShellToken[] {
  return new ShellReader(text, dialect).read();
}

const singleQuotes = '\'‘’';
const doubleQuotes = '"“”';

class ShellReader {
  readonly #text: string;
  readonly #dialect: ShellDialect;
  readonly #tokens: ShellToken[] = [];
  #at = 0;
  #line = 1;
  #parts: WordPart[] = [];
  #plain = '';
  #quoted = false;
  #wordLine = 0;

  constructor(text: string, dialect: ShellDialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  read(): readonly ShellToken[] {
    while (this.#at < this.#text.length) {
      this.#step(this.#text[this.#at] ?? '');
    }
    this.#endWord();
    return this.#tokens;
  }

  #step(character: string): void {
    if (this.#isContinuation(character)) {
      this.#endWordUnlessJoined();
    } else if (character === '\n') {
      this.#endCommand('\n');
    } else if (/\s/.test(character)) {
      this.#at++;
      this.#endWord();
    } else if (character === '#' && !this.#inWord) {
      this.#at = endOfLine(this.#text, this.#at);
    } else if (character === '<' && this.#dialect === 'powershell' && this.#text.startsWith('<#', this.#at)) {
      this.#skipTo('#>');
    } else if (singleQuotes.includes(character)) {
      this.#singleQuoted();
    } else if (doubleQuotes.includes(character)) {
      this.#doubleQuoted();
    } else if (character === '$') {
      this.#dollar();
    } else if (character === '`' && this.#dialect === 'bash') {
      const end = this.#text.indexOf('`', this.#at + 1);
      this.#computed(end === -1 ? this.#text.length : end + 1);
    } else if (character === this.#escape) {
      this.#add(this.#text[this.#at + 1] ?? '');
      this.#at += 2;
    } else {
      this.#punctuation(character);
    }
  }

  #punctuation(character: string): void {
    if (character === ';' || character === '|' || character === '&') {
      this.#endCommand(character);
    } else if ('(){}'.includes(character) && !(this.#inWord && '{}'.includes(character))) {
      this.#endWord();
      this.#tokens.push({ kind: 'bracket', text: character as '(' | ')' | '{' | '}', line: this.#line });
      this.#at++;
    } else if (character === ',' && this.#dialect === 'powershell') {
      this.#at++;
      this.#endWord();
    } else if (character === '@' && this.#dialect === 'powershell' && this.#text[this.#at + 1] === '(') {
      this.#at++;
    } else {
      this.#add(character);
      this.#at++;
    }
  }

  get #inWord(): boolean {
    return this.#plain !== '' || this.#parts.length > 0 || this.#quoted;
  }

  get #escape(): string {
    return this.#dialect === 'bash' ? '\\' : '`';
  }

  /** A line that goes on: also where blanks slipped in behind the mark, as they do when text is copied from a page. */
  #isContinuation(character: string): boolean {
    return character === this.#escape && /^.[ \t]*\r?\n/.test(this.#text.slice(this.#at, this.#at + 200));
  }

  #endWordUnlessJoined(): void {
    const end = endOfLine(this.#text, this.#at);
    const hadBlanks = /[ \t]/.test(this.#text.slice(this.#at + 1, end));
    this.#at = end + 1;
    this.#line++;
    if (hadBlanks || /[ \t]/.test(this.#text[this.#at] ?? '')) {
      this.#endWord();
    }
  }

  #singleQuoted(): void {
    this.#open();
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) {
        return;
      }
      this.#at++;
      if (singleQuotes.includes(character)) {
        if (this.#dialect === 'powershell' && singleQuotes.includes(this.#text[this.#at] ?? ' ')) {
          this.#add('\'');
          this.#at++;
          continue;
        }
        return;
      }
      this.#line += character === '\n' ? 1 : 0;
      this.#add(character);
    }
  }

  #doubleQuoted(): void {
    this.#open();
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (doubleQuotes.includes(character)) {
        this.#at++;
        return;
      }
      if (character === '$') {
        this.#dollar();
      } else if (character === '`' && this.#dialect === 'bash') {
        const end = this.#text.indexOf('`', this.#at + 1);
        this.#computed(end === -1 ? this.#text.length : end + 1);
      } else if (character === this.#escape && this.#escapesInQuotes(this.#text[this.#at + 1] ?? '')) {
        const next = this.#text[this.#at + 1] ?? '';
        this.#add(next === '\n' ? '' : next);
        this.#line += next === '\n' ? 1 : 0;
        this.#at += 2;
      } else {
        this.#line += character === '\n' ? 1 : 0;
        this.#add(character);
        this.#at++;
      }
    }
  }

  #escapesInQuotes(next: string): boolean {
    return this.#dialect === 'powershell' || '$`"\\\n'.includes(next);
  }

  #open(): void {
    this.#mark();
    this.#quoted = true;
    this.#at++;
  }

  /** `$name`, `${name}`, `"${names[@]}"`; anything else behind a dollar only the shell can compute. */
  #dollar(): void {
    const rest = this.#text.slice(this.#at, this.#at + 300);
    const match = /^\$([A-Za-z_]\w*)|^\$\{(?:env:)?([A-Za-z_]\w*)(?:\[[@*]\])?\}/.exec(rest);
    const name = match?.[1] ?? match?.[2];
    if (match !== null && name !== undefined) {
      this.#mark();
      this.#flush();
      this.#parts.push({ kind: 'variable', name });
      this.#at += match[0].length;
      return;
    }
    const bracket = rest[1] === '(' ? ')' : rest[1] === '{' ? '}' : undefined;
    if (bracket === undefined) {
      this.#add('$');
      this.#at++;
      return;
    }
    const single = /^\$\(\s*\$([A-Za-z_]\w*)\s*\)/.exec(rest);
    if (single?.[1] !== undefined && this.#dialect === 'powershell') {
      this.#flush();
      this.#parts.push({ kind: 'variable', name: single[1] });
      this.#at += single[0].length;
      return;
    }
    this.#computed(closing(this.#text, this.#at + 1, rest[1] ?? '', bracket));
  }

  #computed(end: number): void {
    this.#mark();
    this.#flush();
    const text = this.#text.slice(this.#at, end);
    this.#line += text.split('\n').length - 1;
    this.#parts.push({ kind: 'computed', text });
    this.#at = end;
  }

  #add(text: string): void {
    this.#mark();
    this.#plain += text;
  }

  #mark(): void {
    if (!this.#inWord) {
      this.#wordLine = this.#line;
    }
  }

  #flush(): void {
    if (this.#plain !== '') {
      this.#parts.push({ kind: 'text', text: this.#plain });
      this.#plain = '';
    }
  }

  #endWord(): void {
    if (this.#inWord) {
      this.#flush();
      this.#tokens.push({ kind: 'word', parts: this.#parts, quoted: this.#quoted, line: this.#wordLine });
      this.#parts = [];
      this.#quoted = false;
    }
  }

  #endCommand(text: string): void {
    this.#endWord();
    this.#tokens.push({ kind: 'end', text, line: this.#line });
    this.#line += text === '\n' ? 1 : 0;
    this.#at++;
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    const to = found === -1 ? this.#text.length : found + end.length;
    this.#line += this.#text.slice(this.#at, to).split('\n').length - 1;
    this.#at = to;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Behind the bracket that closes the one at `from`. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    depth += text[at] === open ? 1 : text[at] === close ? -1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  return text.length;
}
