import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import { isCancel } from '../errors.ts';
import { badAnswer } from './answerErrors.ts';
import { canceled } from '../cancel.ts';
import { connectionError, cutOffError, silenceError, tooLargeError } from './connectionErrors.ts';
import { KeptConnections } from './keptConnections.ts';
import { placeOf } from './requestPlace.ts';
import type { RequestPlace } from './requestPlace.ts';

/** Bounds of one answer. */
export interface AnswerLimits {
  /** Milliseconds without a byte after which the service counts as silent. */
  readonly silenceMs: number;
  /** Longest body in bytes, after decompression. */
  readonly maxBytes: number;
}

/** An HTTP client that keeps its connections. */
export interface GuardedHttpClient extends HttpClient {
  /** Opens connections to an address that as many reads will soon want at once; see `KeptConnections`. */
  openAhead(address: string, count: number): void;
}

/** Half a minute of silence is longer than ARM's slowest recorded answer (1.2 s) and its gateway's own patience. */
export const defaultSilenceMs = 30_000;

/** What one step of decompressing gives at most: a page of some hundred KB is to take few of them. */
const pieceBytes = 128 * 1024;

/**
 * An HTTP client for the SDKs in the place of their own, which lacks these: its timeout ends with the headers, it reads bodies
 * of any size, its errors are the system's, and behind a proxy it opens a connection for each request.
 *
 * Fails with `AirflowIdentityError` (`network`, `unavailable`, `badAnswer`) or an `AbortError`.
 */
export function guardedHttpClient(limits: AnswerLimits): GuardedHttpClient {
  const connections = new KeptConnections();
  return {
    openAhead: (address, count) => connections.openAhead(address, count),
    async sendRequest(request) {
      const place = placeOf(request);
      if (!request.url.startsWith('https:') && !request.allowInsecureConnection) {
        throw badAnswer(place, l10n.t('a link to an address without TLS'));
      }
      const guard = new AbortController();
      const caller = request.abortSignal;
      const onCancel = (): void => guard.abort(canceled());
      if (caller?.aborted === true) {
        throw canceled();
      }
      caller?.addEventListener('abort', onCancel);
      const silence = setTimeout(() => guard.abort(silenceError(place, limits.silenceMs)), limits.silenceMs);
      try {
        const answer = await connections.send(request, guard.signal);
        const body = await readBody(answer, place, limits, silence, guard.signal);
        const bodyAsText = decompressed(body, encodingOf(answer, request), place, limits).toString('utf8');
        return { request, status: answer.statusCode ?? 0, headers: headersOf(answer), bodyAsText };
      } catch (error) {
        throw guard.signal.aborted ? guard.signal.reason : translated(error, place);
      } finally {
        clearTimeout(silence);
        caller?.removeEventListener('abort', onCancel);
      }
    },
  };
}

/** What a header says twice counts once, as in the SDKs' own client. */
function headersOf(answer: IncomingMessage): PipelineResponse['headers'] {
  const headers = createHttpHeaders();
  for (const [name, value] of Object.entries(answer.headers)) {
    const [first] = [value].flat();
    if (first !== undefined && first !== '') {
      headers.set(name, first);
    }
  }
  return headers;
}

/** How the body is compressed, where that was asked for. What a proxy compresses unasked stays as it is, which no JSON is. */
function encodingOf(answer: IncomingMessage, request: PipelineRequest): string {
  const wanted = request.headers.get('Accept-Encoding') ?? '';
  const encoding = /^(?:gzip|deflate)$/.exec(answer.headers['content-encoding'] ?? '')?.[0] ?? '';
  return wanted.includes(encoding) ? encoding : '';
}

/** At once: a page of 1,000 identities takes less than a millisecond, a third of what a stream takes for it, and in a thread beside this one its next page would be asked for later. */
function decompressed(body: Buffer, encoding: string, place: RequestPlace, limits: AnswerLimits): Buffer {
  if (encoding === '') {
    return body;
  }
  const options = { maxOutputLength: limits.maxBytes, chunkSize: pieceBytes };
  try {
    return encoding === 'gzip' ? gunzipSync(body, options) : inflateSync(body, options);
  } catch (error) {
    throw error instanceof RangeError ? tooLargeError(place, limits.maxBytes) : cutOffError(place, error);
  }
}

/** Reads by events and not by `for await`, which waits a turn for each piece. */
function readBody(stream: IncomingMessage, place: RequestPlace, limits: AnswerLimits, silence: NodeJS.Timeout, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    const fail = (error: Error): void => {
      reject(error);
      stream.destroy();
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
    stream.on('end', () => {
      isWhole = true;
      resolve(Buffer.concat(chunks));
    });
    stream.on('error', (error: unknown) => fail(cutOffError(place, error)));
    stream.on('close', () => {
      // It closes after a good end, too: an error with its stack for each answer would not be free.
      if (!isWhole) {
        fail(cutOffError(place, undefined));
      }
    });
  });
}

function translated(error: unknown, place: RequestPlace): unknown {
  if (isCancel(error) || (error instanceof Error && error.name === 'AirflowIdentityError')) {
    return error;
  }
  return connectionError(place, error);
}
