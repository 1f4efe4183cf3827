import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { tokenExpiry } from '../../../src/vscode/signIn/tokenExpiry.ts';

const jwt = (claims: unknown): string => `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

describe('expiry of a token', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['is its exp claim in milliseconds', jwt({ exp: 1_800_000_000 }), 1_800_000_000_000],
    ['is unknown without a claim', jwt({}), 0],
    ['is unknown when the claim is no number', jwt({ exp: '1800000000' }), 0],
    ['is unknown for claims that are no object', jwt(null), 0],
    ['is unknown for an opaque token', 'opaque', 0],
    ['is unknown for half a token', 'eyJhbGciOi.eyJle', 0],
  ];
  for (const [title, token, expected] of cases) {
    it(title, () => {
      assert.equal(tokenExpiry(token), expected);
    });
  }
});
