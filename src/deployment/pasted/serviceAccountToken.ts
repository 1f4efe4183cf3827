import * as v from 'valibot';
import type { PastedCredential } from './pasted.ts';

const claimsSchema = v.object({
  iss: v.string(),
  sub: v.string(),
  aud: v.optional(v.union([v.string(), v.array(v.string())])),
});

const tokenPattern = /\beyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/;

/** How a token's header begins, `{"` in base64, with enough behind it that no word of a script is meant. */
const tokenStart = /\beyJ[\w-]{8}/;

/** Nothing but a token, its lines broken by the terminal it was copied from. */
const brokenLines = /^\s*(?:Bearer\s+)?(eyJ[\w.\s-]+)$/;

/**
 * The issuer, subject and audience of a service-account token, raw or decoded; `undefined` when the text is none. Nothing
 * else of it is read, its signature is not checked, and it is kept nowhere: not even in what is not understood.
 */
export function readToken(text: string): PastedCredential | undefined {
  const match = tokenPattern.exec(brokenLines.exec(text)?.[1]?.replaceAll(/\s/g, '') ?? text);
  const claims = v.safeParse(claimsSchema, match?.[1] === undefined ? parsed(text.trim()) : parsed(decoded(match[1])));
  if (!claims.success) {
    return undefined;
  }
  const { iss, sub, aud } = claims.output;
  return { issuer: iss, subject: sub, audience: Array.isArray(aud) ? aud[0] : aud, name: undefined, identity: undefined, line: 1 };
}

/** True when a text holds something that looks like a token, whole or damaged, which then must not be shown. */
export function holdsToken(text: string): boolean {
  return tokenStart.test(text);
}

function decoded(part: string): string {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    // Not base64: cut off while it was copied.
    return '';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
