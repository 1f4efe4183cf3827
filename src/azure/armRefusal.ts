import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../errors.ts';

/** What the service itself says about a refusal. */
export interface Said {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** The same in the user's words. */
export interface Wording {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix?: string;
}

/** `{error:{code,message}}` as ARM specifies it, or the bare and capitalized forms that some providers send instead. */
export function saidIn(body: Readonly<Record<string, unknown>> | undefined): Said {
  const inner = isRecord(body?.['error']) ? body['error'] : body;
  return { code: text(inner?.['code'] ?? inner?.['Code']), message: text(inner?.['message'] ?? inner?.['Message']) };
}

/** The service's own text, for a message that quotes it. */
export function textOf(said: Said): string {
  return said.message ?? said.code ?? l10n.t('no reason given');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
