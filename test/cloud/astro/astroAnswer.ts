import { jsonResponse } from '../exchange.ts';
import type { CloudResponse } from '../exchange.ts';
import { seededCuid } from '../seededIds.ts';

/** One wrong field of a request (astronomer/astro-cli astro-client-v1/api.gen.go FieldValidationError). */
export interface FieldError {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** Ends an Astro call with its error body `{message, requestId, statusCode, fieldErrors?}`. */
export class AstroRefusal extends Error {
  readonly status: number;
  readonly fieldErrors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, options: { fieldErrors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.status = status;
    this.fieldErrors = options.fieldErrors;
    this.headers = options.headers ?? {};
  }

  /** The answer with that request id. */
  response(requestId: string): CloudResponse {
    const fields = this.fieldErrors === undefined ? {} : { fieldErrors: this.fieldErrors };
    return jsonResponse(this.status, { ...fields, message: this.message, requestId, statusCode: this.status }, { 'content-type': 'application/json', ...this.headers });
  }
}

/** A request id as Astro gives: a CUID. */
export function requestIdOf(count: number): string {
  return seededCuid(`request ${count}`);
}
