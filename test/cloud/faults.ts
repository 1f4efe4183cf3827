import type { CloudRequest } from './exchange.ts';

/** What a fault does instead of, or before, the real answer; with `acted` the service did what it was asked first, and only its answer is lost. */
export type FaultEffect =
  | { readonly kind: 'answer'; readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly acted?: boolean }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'resetAfter' }
  | { readonly kind: 'halfBody' }
  | { readonly kind: 'html'; readonly status: number; readonly html: string; readonly acted?: boolean }
  | { readonly kind: 'silence'; readonly acted?: boolean };

/** One fault: for which requests, what happens, how often. */
export interface Fault {
  /** Any method where absent. */
  readonly method?: string;
  /** Host name; any host where absent. */
  readonly host?: string;
  /** Regular expression over path and query, letter case ignored; any path where absent. */
  readonly path?: string;
  /** Regular expression over the request's body, letter case ignored: all queries of Resource Graph have one path. */
  readonly body?: string;
  /** So many matching requests pass unharmed first. Default 0. */
  readonly skip?: number;
  /** So many are hit, then the fault is used up. Default: every one. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly path: RegExp | undefined;
  readonly body: RegExp | undefined;
  seen: number;
}

function pattern(source: string | undefined): RegExp | undefined {
  return source === undefined ? undefined : new RegExp(source, 'iu');
}

/** The faults that are set; the first one that matches is used. */
export class Faults {
  #active: ActiveFault[] = [];

  /** Adds one fault. @throws SyntaxError where `path` or `body` is no regular expression. */
  add(fault: Fault): void {
    this.#active.push({ fault, path: pattern(fault.path), body: pattern(fault.body), seen: 0 });
  }

  /** Takes all faults away. */
  clear(): void {
    this.#active = [];
  }

  /** The effect for this request, counted as used. */
  take({ method, url, body }: Pick<CloudRequest, 'method' | 'url' | 'body'>): FaultEffect | undefined {
    for (const active of this.#active) {
      const { fault } = active;
      const matches =
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.host === undefined || fault.host.toLowerCase() === url.hostname) &&
        (active.path?.test(url.pathname + url.search) ?? true) &&
        (active.body?.test(body) ?? true);
      if (matches) {
        active.seen += 1;
        const nth = active.seen - (fault.skip ?? 0);
        if (nth >= 1 && nth <= (fault.times ?? Number.POSITIVE_INFINITY)) {
          return fault.effect;
        }
      }
    }
    return undefined;
  }
}
