import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { parse } from 'yaml';
import { AirflowIdentityError } from '../errors.ts';

/** The environment variables that the Astro CLI reads for this. */
export interface AstroCliEnvironment {
  readonly ASTRO_DOMAIN?: string | undefined;
  readonly ASTRO_HOME?: string | undefined;
}

const contextSchema = v.object({
  domain: v.optional(v.nullable(v.string())),
  token: v.optional(v.nullable(v.string())),
  expiresin: v.optional(v.nullable(v.union([v.string(), v.date()]))),
});

const configSchema = v.object({
  context: v.optional(v.nullable(v.string())),
  contexts: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
});

/** The domain whose API is `https://api.astronomer.io`; the CLI also writes it in its older form (astro-cli pkg/domainutil). */
const cloudDomains: ReadonlySet<string> = new Set(['astronomer.io', 'cloud.astronomer.io']);

/**
 * Where the Astro CLI keeps its configuration: below `ASTRO_HOME` when that is set, else below the home folder
 * (astronomer/astro-cli config/config.go). Joined with `/`, which Node takes on every system.
 */
export function astroCliConfigPath(environment: AstroCliEnvironment, homeFolder: string): string {
  return `${(environment.ASTRO_HOME || homeFolder).replace(/[/\\]$/, '')}/.astro/config.yaml`;
}

/**
 * The token of the Astro CLI's current context, or `undefined` when there is none: signed out, or a context of Astro
 * Private Cloud, which has another API. A token is never taken for another domain than astronomer.io, so that a changed
 * file cannot send it elsewhere.
 *
 * @param text the file's content (format: astronomer/astro-cli config/context.go)
 * @param now milliseconds since the Unix epoch
 * @throws AirflowIdentityError `fileUnreadable` when the text is no such file (the CLI truncates it before it writes:
 * read once more after 50 ms), `signedOut` when the token has expired.
 */
export function astroCliToken(text: string, environment: AstroCliEnvironment, now: number): string | undefined {
  const config = parsedConfig(text);
  const domain = environment.ASTRO_DOMAIN || config.context || '';
  if (!cloudDomains.has(domain)) {
    return undefined;
  }
  const parsed = v.safeParse(contextSchema, config.contexts?.[domain.replaceAll('.', '_')]);
  const stored = parsed.success ? parsed.output : undefined;
  const token = stored?.token?.replace(/^Bearer\s+/i, '').trim() ?? '';
  if (stored === undefined || token === '' || !cloudDomains.has(stored.domain || domain)) {
    return undefined;
  }
  const expires = stored.expiresin instanceof Date ? stored.expiresin.getTime() : Date.parse(stored.expiresin ?? '');
  if (expires <= now) {
    throw new AirflowIdentityError('signedOut', l10n.t('The session of the Astro CLI has expired.'), {
      fix: l10n.t('Run "astro login", or run "Airflow Identity: Set Astro API Token".'),
      details: { host: 'api.astronomer.io' },
    });
  }
  return token;
}

function parsedConfig(text: string): v.InferOutput<typeof configSchema> {
  try {
    // Aliases are never written by the CLI and would let a few bytes grow without bound.
    return v.parse(configSchema, parse(text, { maxAliasCount: 0 }) ?? {});
  } catch {
    // Neither the text nor the parser's message is passed on: both may hold the token.
    throw new AirflowIdentityError('fileUnreadable', l10n.t('The configuration of the Astro CLI cannot be read.'), {
      fix: l10n.t('Run "astro login" again, or run "Airflow Identity: Set Astro API Token".'),
    });
  }
}
