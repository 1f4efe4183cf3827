import { createHash } from 'node:crypto';

/** A UUID that is the same for the same seed, so that worlds are the same on every run. */
export function seededUuid(seed: string): string {
  const hex = createHash('sha1').update(seed).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An Astro object id: a CUID, 25 characters (astronomer/astro-cli pkg/util/util.go IsCUID). */
export function seededCuid(seed: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`).toString(36);
  return `c${digits.padStart(24, '0').slice(0, 24)}`;
}

/** Numbers from 0 up to 1, the same sequence for the same seed (mulberry32, public domain). */
export function seededRandom(seed: string): () => number {
  let state = Number.parseInt(createHash('sha1').update(seed).digest('hex').slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
