import { randomUUID } from 'node:crypto';
import type { WrittenJson } from '../arm/armAnswer.ts';
import { GraphHistory } from './graphHistory.ts';
import type { GraphRow } from './graphRow.ts';

/** The rows that a query found, kept so that its further pages belong to the same moment. */
export interface GraphResult {
  readonly rows: readonly GraphRow[];
  /** The question with its scope and caller: a token of another one is refused. */
  readonly question: string;
}

interface Window {
  readonly startedAt: number;
  used: number;
}

/** What a user's quota says after one more query. */
export interface QuotaLeft {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetsAfterMs: number;
}

/** Results that are kept; a client reads the pages of a few queries at a time. */
const keptResults = 64;

/** What Resource Graph remembers: results under way, quotas, and what it has not noticed yet. */
export class Graph {
  readonly history = new GraphHistory();
  /** By question and page: what was answered, where answers are kept (`graphKeepsAnswers`). */
  readonly answers = new Map<string, WrittenJson>();
  readonly #results = new Map<string, GraphResult>();
  readonly #windows = new Map<string, Window>();

  /** Keeps a result; gives the name to find it by. */
  keep(result: GraphResult): string {
    const name = randomUUID();
    this.#results.set(name, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > keptResults && oldest !== undefined) {
      this.#results.delete(oldest);
    }
    return name;
  }

  /** A result that was kept. */
  result(name: string): GraphResult | undefined {
    return this.#results.get(name);
  }

  /** Takes one query from a user's window; a window begins with its first query. Times in milliseconds. */
  takeQuery(user: string, now: number, quota: { readonly queries: number; readonly windowMs: number }): QuotaLeft {
    let window = this.#windows.get(user);
    if (window === undefined || now >= window.startedAt + quota.windowMs) {
      window = { startedAt: now, used: 0 };
      this.#windows.set(user, window);
    }
    const allowed = window.used < quota.queries;
    window.used += allowed ? 1 : 0;
    return { allowed, remaining: quota.queries - window.used, resetsAfterMs: window.startedAt + quota.windowMs - now };
  }
}
