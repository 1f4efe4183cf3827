import * as l10n from '@vscode/l10n';
import { mostCredentials } from './pasted.ts';
import type { NotUnderstood } from './pasted.ts';
import type { ShellDialect, ShellToken, WordPart } from './shellTokens.ts';

/** A word of a command with its variables replaced; `undefined` where only the shell could compute it. */
export interface ShellWord {
  readonly text: string | undefined;
  /** As it was written, for messages. */
  readonly written: string;
}

/** A command that a script would run, with the words it would have. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly line: number;
}

/** What a script comes to without running it. */
interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly notUnderstood: readonly NotUnderstood[];
}

type Word = Extract<ShellToken, { kind: 'word' }>;
type Variables = ReadonlyMap<string, readonly (string | undefined)[]>;

/**
 * Follows assignments and loops over lists, and gives the commands that would run, in their order. Conditions, functions and
 * anything computed are not followed: their commands are given as they stand.
 */
export function followScript(tokens: readonly ShellToken[], dialect: ShellDialect): ShellScript {
  const follower = new Follower(tokens, dialect);
  follower.block(new Map(), 0, 'end');
  return follower;
}

/** Loops in loops; scripts of this kind have one. */
const deepest = 8;

class Follower implements ShellScript {
  readonly commands: ShellCommand[] = [];
  readonly notUnderstood: NotUnderstood[] = [];
  readonly #tokens: readonly ShellToken[];
  readonly #dialect: ShellDialect;
  #at = 0;

  constructor(tokens: readonly ShellToken[], dialect: ShellDialect) {
    this.#tokens = tokens;
    this.#dialect = dialect;
  }

  /** Follows statements up to `until`, which is left behind. Assignments stay, as they do in a script. */
  block(outer: Variables, depth: number, until: 'end' | 'done' | '}'): Variables {
    let variables = outer;
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === 'end') {
        this.#at++;
      } else if (token.kind === 'bracket') {
        this.#at++;
        if (token.text === '}' && until === '}') {
          return variables;
        }
      } else if (plainText(token) === 'done' && until === 'done') {
        this.#at++;
        return variables;
      } else {
        variables = this.#statement(token, variables, depth);
      }
    }
    return variables;
  }

  #statement(first: Word, variables: Variables, depth: number): Variables {
    const text = plainText(first);
    if ((text === 'for' || text?.toLowerCase() === 'foreach') && depth < deepest) {
      return this.#loop(first, variables, depth);
    }
    const assigned = this.#assignment(first, variables);
    if (assigned !== undefined) {
      return assigned;
    }
    this.#command(first, variables);
    return variables;
  }

  #assignment(first: Word, variables: Variables): Variables | undefined {
    if (this.#dialect === 'powershell') {
      const [variable] = first.parts;
      const next = this.#tokens[this.#at + 1];
      if (first.parts.length !== 1 || variable?.kind !== 'variable' || next?.kind !== 'word' || plainText(next) !== '=') {
        return undefined;
      }
      this.#at += 2;
      return new Map(variables).set(variable.name, this.#list(variables));
    }
    let token = first;
    if (['export', 'declare', 'local', 'readonly', 'typeset'].includes(plainText(first) ?? '')) {
      const following = this.#tokens[this.#at + (isOption(this.#tokens[this.#at + 1]) ? 2 : 1)];
      if (following?.kind !== 'word' || nameAssigned(following) === undefined) {
        return undefined;
      }
      token = following;
    }
    const name = nameAssigned(token);
    if (name === undefined) {
      return undefined;
    }
    this.#at = this.#tokens.indexOf(token, this.#at) + 1;
    const value = withoutName(token, name);
    const next = this.#tokens[this.#at];
    if (value.parts.length === 0 && !token.quoted && next?.kind === 'bracket' && next.text === '(') {
      return new Map(variables).set(name, this.#list(variables));
    }
    const rest = this.#tokens[this.#at];
    const known = new Map(variables).set(name, resolve(value, variables, this.#dialect).map(({ text }) => text));
    // `NAME=value command` sets it for that command alone, which reads it after its words are made.
    return rest?.kind === 'word' && nameAssigned(rest) === undefined ? variables : known;
  }

  /** `( a b )` or the words up to the end of the command. */
  #list(variables: Variables): readonly (string | undefined)[] {
    const values: (string | undefined)[] = [];
    let open = 0;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.kind === 'bracket' && token.text === '(') {
        open++;
      } else if (token?.kind === 'bracket') {
        if (open === 0 || token.text !== ')') {
          break;
        }
        open--;
        if (open === 0) {
          this.#at++;
          break;
        }
      } else if (token?.kind === 'end') {
        if (open === 0) {
          break;
        }
      } else if (token !== undefined) {
        values.push(...resolve(token, variables, this.#dialect).map(({ text }) => text));
      }
    }
    return values;
  }

  /** `for x in a b; do …; done`, and PowerShell's `foreach ($x in a, b) { … }`. */
  #loop(first: Word, variables: Variables, depth: number): Variables {
    this.#at++;
    const isBracketed = this.#skipBracket('(');
    const variable = this.#tokens[this.#at];
    const name = variable?.kind === 'word' ? loopName(variable) : undefined;
    const keyword = this.#tokens[this.#at + 1];
    if (name === undefined || keyword?.kind !== 'word' || plainText(keyword)?.toLowerCase() !== 'in') {
      this.#miss(first, l10n.t('A loop of this form is not followed.'));
      return variables;
    }
    this.#at += 2;
    const values = this.#list(variables);
    if (isBracketed) {
      this.#skipBracket(')');
    }
    const body = this.#bodyStart();
    if (body === undefined) {
      this.#miss(first, l10n.t('A loop of this form is not followed.'));
      return variables;
    }
    const start = this.#at;
    if (values.length === 0) {
      this.#miss(first, l10n.t('It is not known what this loop goes over.'));
    }
    let after: Variables = variables;
    for (const value of values.length === 0 ? [undefined] : values) {
      if (this.commands.length > mostCredentials) {
        break;
      }
      this.#at = start;
      after = this.block(new Map(after).set(name, [value]), depth + 1, body);
    }
    return after;
  }

  #bodyStart(): 'done' | '}' | undefined {
    while (this.#tokens[this.#at]?.kind === 'end') {
      this.#at++;
    }
    const token = this.#tokens[this.#at];
    if (token?.kind === 'bracket' && token.text === '{') {
      this.#at++;
      return '}';
    }
    if (token?.kind === 'word' && plainText(token) === 'do') {
      this.#at++;
      return 'done';
    }
    return undefined;
  }

  #skipBracket(text: string): boolean {
    const token = this.#tokens[this.#at];
    const isThere = token?.kind === 'bracket' && token.text === text;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  #command(first: Word, variables: Variables): void {
    const words: ShellWord[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'word') {
        break;
      }
      words.push(...resolve(token, variables, this.#dialect));
    }
    this.commands.push({ words, line: first.line });
  }

  #miss(word: Word, why: string): void {
    this.notUnderstood.push({ text: written(word.parts), why, line: word.line });
    this.#at = Math.max(this.#at, this.#tokens.indexOf(word) + 1);
  }
}

/** The text of a word that holds nothing else. */
function plainText(word: Word): string | undefined {
  return word.parts.every(({ kind }) => kind === 'text') ? word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : undefined;
}

function isOption(token: ShellToken | undefined): boolean {
  return token?.kind === 'word' && (plainText(token) ?? '').startsWith('-');
}

function nameAssigned(word: Word): string | undefined {
  const [first] = word.parts;
  return first?.kind === 'text' ? /^([A-Za-z_]\w*)=/.exec(first.text)?.[1] : undefined;
}

function withoutName(word: Word, name: string): Word {
  const [first, ...rest] = word.parts;
  const text = first?.kind === 'text' ? first.text.slice(name.length + 1) : '';
  return { ...word, parts: text === '' ? rest : [{ kind: 'text', text }, ...rest] };
}

function loopName(word: Word): string | undefined {
  const [part] = word.parts;
  return word.parts.length !== 1 ? undefined : part?.kind === 'variable' ? part.name : part?.kind === 'text' && /^[A-Za-z_]\w*$/.test(part.text) ? part.text : undefined;
}

/** The words that a word becomes: a list alone becomes one word for each of its items. */
function resolve(word: Word, variables: Variables, dialect: ShellDialect): readonly ShellWord[] {
  const asWritten = written(word.parts);
  const [only] = word.parts;
  if (word.parts.length === 1 && only?.kind === 'variable') {
    const values = valuesOf(only.name, variables, dialect);
    return (values.length === 0 ? [undefined] : values).map((text) => ({ text, written: asWritten }));
  }
  let text: string | undefined = '';
  for (const part of word.parts) {
    const piece: string | undefined = part.kind === 'text' ? part.text : part.kind === 'variable' ? joined(valuesOf(part.name, variables, dialect)) : undefined;
    text = text === undefined || piece === undefined ? undefined : text + piece;
  }
  return [{ text, written: asWritten }];
}

/** Names of PowerShell variables ignore letter case (`about_Variables`). */
function valuesOf(name: string, variables: Variables, dialect: ShellDialect): readonly (string | undefined)[] {
  const found = variables.get(name);
  if (found !== undefined || dialect === 'bash') {
    return found ?? [];
  }
  const key = [...variables.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
  return key === undefined ? [] : variables.get(key) ?? [];
}

function joined(values: readonly (string | undefined)[]): string | undefined {
  return values.length === 0 || values.includes(undefined) ? undefined : values.join(' ');
}

function written(parts: readonly WordPart[]): string {
  return parts.map((part) => (part.kind === 'variable' ? `$${part.name}` : part.text)).join('');
}
