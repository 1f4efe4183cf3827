import { EventEmitter } from 'node:events';
import type { CloudRequest } from './exchange.ts';

/** One request as it was seen at the proxy. Never a token, never a body. */
export interface LogEntry {
  readonly number: number;
  readonly method: string;
  readonly host: string;
  /** Path with its query; values of parameters that could hold a secret are left out. */
  readonly path: string;
  /** Milliseconds since the Unix epoch, real time. */
  readonly startedAt: number;
  durationMs: number | undefined;
  /** `undefined` while it runs and when no answer was given. */
  status: number | undefined;
  /** How it ended; `aborted`: the client went away first. */
  outcome: 'running' | 'answer' | 'halfBody' | 'reset' | 'silence' | 'aborted';
  /** Requests under way at the start of this one, itself included. */
  readonly concurrency: number;
  /** Lower-case ARM id of the identity whose credentials it writes. */
  identity: string | undefined;
  /** Writes under way on that identity, this one included; more than 1 is what the real service refuses. */
  identityConcurrency: number | undefined;
  correlationId: string | undefined;
  readonly clientRequestId: string | undefined;
  /** The client's port: entries with the same one came over one connection. */
  readonly connection: number | undefined;
  /** Says that a fault answered, or changed the answer. */
  faulted: boolean;
  /** The world holds no such call: the product asks for something nobody checked against the real service. */
  unmodelled: boolean;
}

const secretParameter = /token|secret|assertion|password|code|sig/iu;

/** Path and query fit for a log: values of parameters that look like secrets are replaced. */
function loggablePath(url: URL): string {
  const query = [...url.searchParams].map(([name, value]) => {
    const shown = secretParameter.test(name) && !/^\$?skiptoken$/iu.test(name) ? '…' : value;
    return `${name}=${shown}`;
  });
  return query.length === 0 ? url.pathname : `${url.pathname}?${query.join('&')}`;
}

/** Every request of one world, in the order of their starts. */
export class RequestLog extends EventEmitter<{ begin: [LogEntry] }> {
  #entries: LogEntry[] = [];
  #running = 0;
  #count = 0;
  readonly #writers = new Map<string, number>();

  /** The entries so far; a copy. */
  get entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  /** Forgets the entries; what is under way still counts as concurrency. */
  clear(): void {
    this.#entries = [];
  }

  /** Writes down the start of a request. */
  begin({ method, url, headers, connection }: CloudRequest): LogEntry {
    this.#running += 1;
    this.#count += 1;
    const entry: LogEntry = {
      number: this.#count,
      method,
      host: url.hostname,
      path: loggablePath(url),
      startedAt: Date.now(),
      durationMs: undefined,
      status: undefined,
      outcome: 'running',
      concurrency: this.#running,
      identity: undefined,
      identityConcurrency: undefined,
      correlationId: undefined,
      clientRequestId: headers['x-ms-client-request-id'] ?? headers['client-request-id'],
      connection,
      faulted: false,
      unmodelled: false,
    };
    this.#entries.push(entry);
    this.emit('begin', entry);
    return entry;
  }

  /** Says that this request writes to that identity, until it ends. */
  beginWrite(entry: LogEntry, identityId: string): void {
    const writers = (this.#writers.get(identityId) ?? 0) + 1;
    this.#writers.set(identityId, writers);
    entry.identity = identityId;
    entry.identityConcurrency = writers;
  }

  /** Writes down the end of a request. */
  end(entry: LogEntry, outcome: LogEntry['outcome'], status: number | undefined): void {
    this.#running -= 1;
    if (entry.identity !== undefined) {
      this.#writers.set(entry.identity, (this.#writers.get(entry.identity) ?? 1) - 1);
    }
    // A client that has gone away was told nothing, whatever the service did afterwards.
    if (entry.outcome === 'running') {
      entry.outcome = outcome;
      entry.status = status;
      entry.durationMs = Date.now() - entry.startedAt;
    }
  }

  /** Writes down that the client left before the answer. */
  abort(entry: LogEntry): void {
    if (entry.outcome === 'running' || entry.outcome === 'silence') {
      entry.outcome = 'aborted';
      entry.durationMs = Date.now() - entry.startedAt;
    }
  }
}
