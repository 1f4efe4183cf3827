import * as l10n from '@vscode/l10n';
import { AirflowIdentityError, isCancel } from '../errors.ts';
import { badAnswer, MalformedAnswer } from './answerErrors.ts';
import { canceled } from '../cancel.ts';

/**
 * The pages of an SDK's listing, each item translated, as they arrive. The first request goes out when the first page is
 * asked for.
 *
 * @throws AirflowIdentityError; an AbortError as soon as the signal is aborted.
 */
export async function* pagesOf<In, Out>(
  host: string,
  signal: AbortSignal,
  list: () => AsyncIterable<In[]>,
  translate: (item: In) => Out,
): AsyncGenerator<readonly Out[], void, undefined> {
  if (signal.aborted) {
    throw canceled();
  }
  try {
    for await (const page of list()) {
      yield page.map((item) => translate(item));
    }
  } catch (error) {
    throw sdkError(error, host, signal);
  }
}

/**
 * The answer of one SDK call.
 * @throws AirflowIdentityError; an AbortError as soon as the signal is aborted.
 */
export async function callOf<T>(host: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  if (signal.aborted) {
    throw canceled();
  }
  try {
    return await call();
  } catch (error) {
    throw sdkError(error, host, signal);
  }
}

/**
 * Refusals and broken connections were put into words by the policies. What is left are the SDKs' own complaints about
 * the content of an answer; their texts hold the whole body, so they are kept out of the message and of the cause.
 */
function sdkError(error: unknown, host: string, signal: AbortSignal): unknown {
  if (signal.aborted || isCancel(error)) {
    return canceled();
  }
  if (error instanceof MalformedAnswer) {
    return badAnswer({ host }, error.message, error.cause);
  }
  return error instanceof AirflowIdentityError ? error : badAnswer({ host }, l10n.t('not the JSON that was expected'));
}
