import type * as vscode from 'vscode';
import type { AirflowIdentityError } from '../errors.ts';
import type { RequestEntry, RequestLog, WaitEntry } from '../requestLog.ts';
import { redact } from './redact.ts';

/** What the log needs of VS Code's `LogOutputChannel`. */
export type LogChannel = Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'show'>;

/**
 * The one log channel. One line per request, wait and failure; no token, body or secret at any level.
 * Log texts are not localized, so that reports can be searched.
 */
export class Log implements RequestLog {
  readonly #channel: LogChannel;

  constructor(channel: LogChannel) {
    this.#channel = channel;
  }

  info(text: string): void {
    this.#channel.info(redact(text));
  }

  warn(text: string): void {
    this.#channel.warn(redact(text));
  }

  debug(text: string): void {
    this.#channel.debug(redact(text));
  }

  request(entry: RequestEntry): void {
    const line = `${entry.method} ${entry.host}${entry.path} ${entry.outcome} ${Math.round(entry.durationMs)} ms${correlation(entry.correlationId)}`;
    const failed = typeof entry.outcome === 'number' ? entry.outcome >= 400 : entry.outcome !== 'aborted';
    if (failed) {
      this.warn(line);
    } else {
      this.info(line);
    }
  }

  waiting(entry: WaitEntry): void {
    this.info(`${entry.method} ${entry.host}${entry.path} waits ${Math.round(entry.waitMs)} ms before try ${entry.attempt}: ${entry.reason}`);
  }

  /** Writes a failure once, with what support asks for. `where` names the action, such as a command id. */
  failure(where: string, error: AirflowIdentityError): void {
    const { serviceCode, correlationId } = error.details;
    this.#channel.error(redact(`${where} failed: ${error.code}${serviceCode === undefined ? '' : ` (${serviceCode})`}: ${error.message}${correlation(correlationId)}`));
    if (error.code === 'unexpected' && error.cause instanceof Error && error.cause.stack !== undefined) {
      this.#channel.debug(redact(error.cause.stack));
    }
  }

  /** Brings the channel into view. */
  show(): void {
    this.#channel.show(true);
  }
}

function correlation(id: string | undefined): string {
  return id === undefined ? '' : ` correlation ${id}`;
}
