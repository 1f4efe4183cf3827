import assert from 'node:assert/strict';
import { trustsOf, trustText } from '../../../src/identity/trustSnapshot.ts';
import type { ReadTrusts } from '../../../src/identity/trustSnapshot.ts';

const prod = 'https://issuer.example/prod/';
const trusts: ReadTrusts = new Map([
  ['client-a', { at: 1, issuers: [prod, 'https://issuer.example/dev/'] }],
  ['client-b', { at: 2, issuers: [] }],
  ['client-c', { at: 3, issuers: [prod] }],
]);

describe('what was read of identities, kept for the next start', () => {
  it('comes back as it was, each issuer written once', () => {
    const text = trustText(trusts);
    assert.deepEqual(trustsOf(text), trusts);
    assert.equal(text.split(prod).length, 2);
  });

  it('is nothing where the text is damaged, of another version, or names an issuer that is not there', () => {
    for (const text of ['', '{', 'null', trustText(trusts).replace('"version":1', '"version":2')]) {
      assert.equal(trustsOf(text).size, 0);
    }
    assert.deepEqual(trustsOf('{"version":1,"issuers":[],"identities":{"client-a":[1,7]}}').get('client-a'), { at: 1, issuers: [] });
  });
});
