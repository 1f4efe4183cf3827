/** One request as the world sees it, whichever way it came in (through the proxy, or straight from a unit test). */
export interface CloudRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The client's port: requests with the same one came over one connection. Absent without a proxy. */
  readonly connection?: number;
  /** When it arrived, on the scale of `performance.now()`; it is now where that is absent. */
  readonly arrivedAt?: number;
}

/** One complete answer. Header names in lower case, in the order they are sent. */
export interface CloudResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Plain, whatever `content-encoding` says: who sends it compresses it. */
  readonly body: string;
  /** The body as `content-encoding: gzip` wants it, where somebody has it already. */
  readonly gzipped?: Buffer;
}

/** What a host of the world does with a request: it answers, or the connection breaks as if nobody listened there. */
export type HostResult = CloudResponse | 'reset';

/** What happens to the connection in the end; the last three only come from faults and unreachable hosts. */
export type Outcome =
  | { readonly kind: 'answer'; readonly response: CloudResponse }
  | { readonly kind: 'halfBody'; readonly response: CloudResponse }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** An answer with a JSON body and Azure's content type. */
export function jsonResponse(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): CloudResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) };
}

/** The request body as JSON, `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** True for an object that is neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an array that holds nothing but text. */
export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The decoded parts of a path; empty ones are left out, what cannot be decoded stays as it came. */
export function pathSegments(url: URL): string[] {
  return url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}
