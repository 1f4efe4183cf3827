import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { AstroToken } from '../deployment/astroTokenPort.ts';
import { AirflowIdentityError } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import { throttledError, unavailableError } from '../http/answerErrors.ts';
import type { Refusal } from '../http/answerErrors.ts';

/** The only host that an Astro token is sent to. */
export const astroHost = 'api.astronomer.io';

/** Error body of the Astro API v1 (astronomer/astro-cli astro-client-v1/api.gen.go: `Error`, `FieldValidationError`). */
const bodySchema = v.object({
  message: v.optional(v.string(), ''),
  requestId: v.optional(v.string()),
  fieldErrors: v.optional(v.array(v.object({ field: v.optional(v.string(), ''), message: v.optional(v.string(), '') })), []),
});

/** The one translation of Astro's refusals. `origin` decides what to do about a token that is refused. */
export function astroError(refusal: Refusal, origin: AstroToken['origin'] | 'new'): AirflowIdentityError {
  const parsed = v.safeParse(bodySchema, refusal.body);
  const body = parsed.success ? parsed.output : { message: '', requestId: undefined, fieldErrors: [] };
  const details: ErrorDetails = { ...refusal.details, ...(body.requestId === undefined ? {} : { correlationId: body.requestId }) };
  const said = [body.message, ...body.fieldErrors.map((item) => `${item.field}: ${item.message}`)].filter((text) => text !== '').join(' ');
  const text = said === '' ? l10n.t('no reason given') : said;
  switch (refusal.status) {
    case 401:
      return new AirflowIdentityError('signedOut', l10n.t('Astro did not accept the token: it is wrong, was revoked or has expired.'), { fix: tokenFix(origin), details });
    case 403:
      return new AirflowIdentityError('forbidden', l10n.t('The Astro token does not allow this: {0}', text), {
        fix: l10n.t('Use a token with the role Organization Member or Workspace Member at least.'),
        details,
      });
    case 404:
      return new AirflowIdentityError('notFound', l10n.t('Astro did not find it: {0}', text), { fix: l10n.t('Refresh the tree; it may have been deleted.'), details });
    case 409:
      return new AirflowIdentityError('conflict', l10n.t('Astro reports a conflict: {0}', text), { details });
    case 429:
      return throttledError(details, l10n.t('Astro takes no more requests for a while.'));
    default:
      return refusal.status >= 500
        ? unavailableError(details, said === '' ? undefined : said)
        : new AirflowIdentityError('invalidInput', l10n.t('Astro did not accept the request ({0}): {1}', refusal.status, text), { details });
  }
}

/** The token holds a character that cannot stand in a header: something else was pasted, or the file is damaged. */
export function unusableTokenError(origin: AstroToken['origin'] | 'new'): AirflowIdentityError {
  return new AirflowIdentityError('signedOut', l10n.t('This is no Astro token: it holds spaces or special characters.'), { fix: tokenFix(origin), details: { host: astroHost } });
}

/** There is no token anywhere. */
export function noTokenError(): AirflowIdentityError {
  return new AirflowIdentityError('signedOut', l10n.t('There is no Astro token yet.'), {
    fix: l10n.t('Run "Airflow Identity: Set Astro API Token", or sign in with "astro login".'),
    details: { host: astroHost },
  });
}

function tokenFix(origin: AstroToken['origin'] | 'new'): string {
  switch (origin) {
    case 'secretStorage':
      return l10n.t('Run "Airflow Identity: Set Astro API Token".');
    case 'environment':
      return l10n.t('Set ASTRO_API_TOKEN anew and restart VS Code, or run "Airflow Identity: Set Astro API Token".');
    case 'astroCli':
      return l10n.t('Run "astro login", or run "Airflow Identity: Set Astro API Token".');
    case 'new':
      return l10n.t('Copy the whole token from Astro: Organization or Workspace Settings, API Tokens.');
  }
}
