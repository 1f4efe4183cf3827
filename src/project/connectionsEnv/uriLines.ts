import type { TextRange } from '../projectFormat.ts';

/** A line of `connections.env`; comments and empty lines are none. */
export interface UriLine {
  /** Everything before the first equal sign, blanks included. */
  readonly id: string;
  readonly value: string;
  readonly range: TextRange;
  readonly idRange: TextRange;
  readonly valueRange: TextRange;
  /** What makes Airflow refuse the whole file. */
  readonly problem: 'blank' | 'noEqualSign' | 'noKey' | 'noValue' | undefined;
}

/** Cuts a file as Airflow does (apache-airflow 3.3.2, `secrets/local_filesystem.py`, `_parse_env_file`): nothing is trimmed, nothing unquoted. */
export function uriLines(text: string): readonly UriLine[] {
  return Array.from(text.matchAll(/[^\r\n]+/g)).flatMap((match) => {
    const [line] = match;
    if (/^\s*#/.test(line)) {
      return [];
    }
    const offset = match.index;
    const equal = line.indexOf('=');
    const id = equal === -1 ? '' : line.slice(0, equal);
    const value = equal === -1 ? '' : line.slice(equal + 1);
    return [{
      id, value,
      range: { offset, length: line.length },
      idRange: { offset, length: id.length },
      valueRange: { offset: offset + line.length - value.length, length: value.length },
      problem: line.trim() === '' ? 'blank' as const : equal === -1 ? 'noEqualSign' as const : id === '' ? 'noKey' as const : value === '' ? 'noValue' as const : undefined,
    }];
  });
}
