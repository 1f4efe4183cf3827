import { gzipSync } from 'node:zlib';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import type { CloudRequest } from '../exchange.ts';
import type { AccessTokenClaims } from '../entra/accessTokens.ts';

/** Who answers: ARM's gateway by itself, or the resource provider behind it (whose answers carry more headers). */
type AnswerSource = 'gateway' | 'provider';

/** A body whose JSON was written before, and compressed for who takes it so. */
export class WrittenJson {
  readonly text: string;
  readonly gzipped: Buffer;

  constructor(text: string) {
    this.text = text;
    this.gzipped = gzipSync(text);
  }
}

/** An answer before ARM's usual headers are put around it. */
export interface ArmAnswer {
  readonly status: number;
  /** Sent as JSON, or as it is where it is `WrittenJson`; no body at all where absent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly source: AnswerSource;
}

/** One authenticated call. */
export interface ArmCall {
  readonly world: World;
  readonly request: CloudRequest;
  readonly caller: AccessTokenClaims;
  readonly apiVersion: string;
  readonly entry: LogEntry;
}

/** What an error answer has beside its status, code and message. */
interface RefusalOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly source?: AnswerSource;
  readonly details?: readonly object[];
}

/** Ends a call with an error body `{error:{code,message,details?}}`; caught by the ARM host. */
export class ArmRefusal extends Error {
  readonly answer: ArmAnswer;

  constructor(status: number, code: string, message: string, options: RefusalOptions = {}) {
    super(message);
    const { headers, source = 'gateway', details } = options;
    const error = { code, message, ...(details === undefined ? {} : { details }) };
    this.answer = { status, body: { error }, ...(headers === undefined ? {} : { headers }), source };
  }
}
