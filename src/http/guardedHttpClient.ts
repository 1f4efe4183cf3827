import { Readable } from 'node:stream';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import { isCancel } from '../errors.ts';
import { badAnswer } from './answerErrors.ts';
import { canceled } from './cancel.ts';
import { connectionError, cutOffError, silenceError, tooLargeError } from './connectionErrors.ts';
import { placeOf } from './requestPlace.ts';
import type { RequestPlace } from './requestPlace.ts';

type BodyStream = NonNullable<PipelineResponse['readableStreamBody']>;

/** Bounds of one answer. */
export interface AnswerLimits {
  /** Milliseconds without a byte after which the service counts as silent. */
  readonly silenceMs: number;
  /** Longest body in bytes, after decompression. */
  readonly maxBytes: number;
}

/** Half a minute of silence is longer than ARM's slowest recorded answer (1.2 s) and its gateway's own patience. */
export const defaultSilenceMs = 30_000;

const everyStatus: ReadonlySet<number> = new Set([Number.POSITIVE_INFINITY]);

/**
 * The SDKs' own HTTP client (node:https, so proxy and CA settings of VS Code apply) with what it lacks: its timeout ends
 * with the headers, it reads bodies of any size, and its errors are the system's.
 *
 * Fails with `AirflowIdentityError` (`network`, `unavailable`, `badAnswer`) or an `AbortError`.
 */
export function guardedHttpClient(limits: AnswerLimits): HttpClient {
  const inner = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const place = placeOf(request);
      if (!request.url.startsWith('https:') && !request.allowInsecureConnection) {
        throw badAnswer(place, l10n.t('a link to an address without TLS'));
      }
      const guard = new AbortController();
      const caller = request.abortSignal;
      const wantedStreams = request.streamResponseStatusCodes;
      const onCancel = (): void => guard.abort(canceled());
      if (caller?.aborted === true) {
        throw canceled();
      }
      caller?.addEventListener('abort', onCancel);
      const silence = setTimeout(() => guard.abort(silenceError(place, limits.silenceMs)), limits.silenceMs);
      try {
        request.abortSignal = guard.signal;
        request.streamResponseStatusCodes = new Set(everyStatus);
        const response = await inner.sendRequest(request);
        return await withText(response, place, limits, silence, guard.signal);
      } catch (error) {
        throw guard.signal.aborted ? guard.signal.reason : translated(error, place);
      } finally {
        clearTimeout(silence);
        caller?.removeEventListener('abort', onCancel);
        restore(request, caller, wantedStreams);
      }
    },
  };
}

async function withText(
  response: PipelineResponse,
  place: RequestPlace,
  limits: AnswerLimits,
  silence: NodeJS.Timeout,
  signal: AbortSignal,
): Promise<PipelineResponse> {
  const { readableStreamBody, ...rest } = response;
  return readableStreamBody === undefined ? rest : { ...rest, bodyAsText: await readText(readableStreamBody, place, limits, silence, signal) };
}

/** Reads by events and not by `for await`: a broken compressed answer ends neither its stream nor the loop. */
function readText(stream: BodyStream, place: RequestPlace, limits: AnswerLimits, silence: NodeJS.Timeout, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (error: Error): void => {
      reject(error);
      if (stream instanceof Readable) {
        stream.destroy();
      }
    };
    signal.addEventListener('abort', () => fail(signal.reason instanceof Error ? signal.reason : canceled()), { once: true });
    stream.on('data', (chunk: Buffer) => {
      silence.refresh();
      size += chunk.length;
      chunks.push(chunk);
      if (size > limits.maxBytes) {
        fail(tooLargeError(place, limits.maxBytes));
      }
    });
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    stream.on('error', (error: unknown) => fail(cutOffError(place, error)));
    stream.on('close', () => fail(cutOffError(place, undefined)));
  });
}

function translated(error: unknown, place: RequestPlace): unknown {
  if (isCancel(error) || (error instanceof Error && error.name === 'AirflowIdentityError')) {
    return error;
  }
  return connectionError(place, error);
}

/** The SDKs' deserialization looks at the request again, so it must not notice that the body was streamed. */
function restore(request: PipelineRequest, signal: PipelineRequest['abortSignal'], streams: Set<number> | undefined): void {
  if (signal === undefined) {
    delete request.abortSignal;
  } else {
    request.abortSignal = signal;
  }
  if (streams === undefined) {
    delete request.streamResponseStatusCodes;
  } else {
    request.streamResponseStatusCodes = streams;
  }
}
