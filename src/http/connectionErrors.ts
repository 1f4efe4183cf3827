import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { RequestPlace } from './requestPlace.ts';

/** Names in `ErrorDetails.serviceCode` for what happens on the wire, beside Node's own such as `ECONNRESET`. */
export const wireCodes = { silent: 'NO_ANSWER', tooLarge: 'ANSWER_TOO_LARGE', cutOff: 'ANSWER_CUT_OFF' } as const;

/** The service took the request and then said nothing for `silenceMs` milliseconds. */
export function silenceError(place: RequestPlace, silenceMs: number): AirflowIdentityError {
  return new AirflowIdentityError('unavailable', l10n.t('{0} did not answer within {1} seconds.', place.host, Math.ceil(silenceMs / 1000)), {
    fix: l10n.t('Try again. If it stays like this, check the network and the proxy.'),
    details: { ...place, serviceCode: wireCodes.silent },
  });
}

/** The answer is longer than anything the API sends. */
export function tooLargeError(place: RequestPlace, maxBytes: number): AirflowIdentityError {
  return new AirflowIdentityError('badAnswer', l10n.t('{0} sent more than {1} KB, which is no valid answer.', place.host, Math.round(maxBytes / 1024)), {
    details: { ...place, serviceCode: wireCodes.tooLarge },
  });
}

/** The connection broke in the middle of an answer. */
export function cutOffError(place: RequestPlace, cause: unknown): AirflowIdentityError {
  return new AirflowIdentityError('badAnswer', l10n.t('The answer of {0} broke off.', place.host), {
    fix: l10n.t('Try again. If it stays like this, check the network and the proxy.'),
    details: { ...place, serviceCode: wireCodes.cutOff },
    cause,
  });
}

/**
 * What a failed connection means to the user. Codes are those of Node (docs: errors, "Common system errors") and of
 * OpenSSL's certificate check (Node docs: tls, "X509 certificate error codes").
 */
export function connectionError(place: RequestPlace, cause: unknown): AirflowIdentityError {
  const code = systemCodeOf(cause) ?? 'UNKNOWN';
  const details = { ...place, serviceCode: code };
  const proxy = l10n.t('Check the network, and behind a proxy the setting "http.proxy" or HTTPS_PROXY and NO_PROXY.');
  const failed = (message: string, fix: string): AirflowIdentityError => new AirflowIdentityError('network', message, { fix, details, cause });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failed(l10n.t('The name {0} could not be resolved.', addressIn(cause) ?? place.host), proxy);
  }
  if (code === 'ECONNREFUSED') {
    return failed(l10n.t('The connection to {0} was refused (by {1}).', place.host, addressIn(cause) ?? place.host), proxy);
  }
  if (isCertificateCode(code)) {
    return failed(
      l10n.t('The TLS certificate of {0} is not trusted ({1}).', place.host, code),
      l10n.t('Behind a proxy that opens TLS, add its CA to the system or name it in NODE_EXTRA_CA_CERTS, then restart VS Code.'),
    );
  }
  return failed(l10n.t('The connection to {0} failed ({1}).', place.host, code), proxy);
}

/** True when the same read may succeed a moment later: the connection broke or was not made. Trust and size stay as they are. */
export function isBrokenConnection(error: unknown): error is AirflowIdentityError {
  if (!(error instanceof AirflowIdentityError)) {
    return false;
  }
  const code = error.details.serviceCode ?? '';
  return code === wireCodes.cutOff || (error.code === 'network' && error.details.status === undefined && !isCertificateCode(code));
}

function isCertificateCode(code: string): boolean {
  return /CERT|SSL|TLS|ISSUER|SELF_SIGNED|HOSTNAME_MISMATCH/.test(code);
}

/** The name or address that Node could not reach; behind a proxy it is the proxy's, which is what the user has to look at. */
function addressIn(error: unknown): string | undefined {
  return error instanceof Error ? /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED) ([^\s,]+)/.exec(error.message)?.[1] : undefined;
}

function systemCodeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) {
    return systemCodeOf(error.errors[0]);
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}
