/** What a fault does instead of, or before, the real answer. */
export type FaultEffect =
  | { readonly kind: 'answer'; readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'resetAfter' }
  | { readonly kind: 'halfBody' }
  | { readonly kind: 'html'; readonly status: number; readonly html: string }
  | { readonly kind: 'silence' };

/** One fault: for which requests, what happens, how often. */
export interface Fault {
  /** Any method where absent. */
  readonly method?: string;
  /** Host name; any host where absent. */
  readonly host?: string;
  /** Regular expression over path and query, letter case ignored; any path where absent. */
  readonly path?: string;
  /** So many matching requests pass unharmed first. Default 0. */
  readonly skip?: number;
  /** So many are hit, then the fault is used up. Default: every one. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly pattern: RegExp | undefined;
  seen: number;
}

/** The faults that are set; the first one that matches is used. */
export class Faults {
  #active: ActiveFault[] = [];

  /** Adds one fault. @throws SyntaxError where `path` is no regular expression. */
  add(fault: Fault): void {
    this.#active.push({ fault, pattern: fault.path === undefined ? undefined : new RegExp(fault.path, 'iu'), seen: 0 });
  }

  /** Takes all faults away. */
  clear(): void {
    this.#active = [];
  }

  /** The effect for this request, counted as used. */
  take(method: string, url: URL): FaultEffect | undefined {
    for (const active of this.#active) {
      const { fault, pattern } = active;
      const matches =
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.host === undefined || fault.host.toLowerCase() === url.hostname) &&
        (pattern === undefined || pattern.test(url.pathname + url.search));
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
