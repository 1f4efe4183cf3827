/** One request and its answer. Holds no header, query value, body or token. */
export interface RequestEntry {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** HTTP status, or what happened instead: `network`, `aborted`, `timeout`. */
  readonly outcome: number | 'network' | 'aborted' | 'timeout';
  readonly durationMs: number;
  readonly correlationId: string | undefined;
}

/** A pause before another try. */
export interface WaitEntry {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Number of the try that follows; 1 where the first one waits for a quota. */
  readonly attempt: number;
  readonly waitMs: number;
  /** For example `429, Retry-After 10 s`. */
  readonly reason: string;
}

/** Where adapters report what they asked and waited for. The log channel of VS Code implements it. */
export interface RequestLog {
  request(entry: RequestEntry): void;
  waiting(entry: WaitEntry): void;
}
