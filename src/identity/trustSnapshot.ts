import * as v from 'valibot';
import type { ManagedIdentity } from './managedIdentity.ts';

/*
 * Which issuers the identities of a tenant trusted when their credentials were read, as JSON for the next start. No subject, no
 * secret. A text of another version or form counts as none.
 */

const schema = v.object({
  version: v.literal(1),
  issuers: v.array(v.string()),
  /** By client id, which an identity that was made anew does not keep: when it was read, then places in `issuers`. */
  identities: v.record(v.string(), v.tupleWithRest([v.number()], v.number())),
});

/** The issuers that an identity trusts, with the time of the reading in milliseconds since the Unix epoch. */
export interface ReadTrust {
  readonly at: number;
  readonly issuers: readonly string[];
}

/** What was read of identities, by client id. */
export type ReadTrusts = ReadonlyMap<ManagedIdentity['clientId'], ReadTrust>;

/** Writes what was read. */
export function trustText(trusts: ReadTrusts): string {
  const places = new Map<string, number>();
  const placeOf = (issuer: string): number => {
    const place = places.get(issuer) ?? places.size;
    places.set(issuer, place);
    return place;
  };
  const identities = Object.fromEntries([...trusts].map(([clientId, { at, issuers }]) => [clientId, [at, ...issuers.map(placeOf)]]));
  return JSON.stringify({ version: 1, issuers: [...places.keys()], identities });
}

/** Reads what `trustText` wrote; nothing for anything else. */
export function trustsOf(text: string): ReadTrusts {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!parsed.success) {
    return new Map();
  }
  const { issuers, identities } = parsed.output;
  return new Map(Object.entries(identities).map(([clientId, [at, ...places]]) => [clientId, { at, issuers: places.flatMap((place) => issuers[place] ?? []) }]));
}
