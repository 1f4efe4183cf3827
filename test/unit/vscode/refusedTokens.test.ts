import assert from 'node:assert/strict';
import type { TokenRequest } from '../../../src/identity/tokenPort.ts';
import { RefusedTokens } from '../../../src/vscode/signIn/refusedTokens.ts';

const account = { id: 'dana', label: 'dana@contoso.example' };
const contoso: TokenRequest = { account, tenantId: 'contoso' };
const write: TokenRequest = { ...contoso, challenge: 'Bearer claims="a"' };
const northwind: TokenRequest = { account, tenantId: 'northwind' };

/** After these refusals. */
function refused(...requests: readonly TokenRequest[]): RefusedTokens {
  const tokens = new RefusedTokens();
  for (const request of requests) {
    tokens.refused(request);
  }
  return tokens;
}

describe('what to sign in to again', () => {
  it('is nothing in particular as long as every token was given', () => {
    assert.equal(refused().latest(undefined), undefined);
  });

  it('is what was refused last', () => {
    assert.equal(refused(northwind, contoso, northwind).latest(undefined), northwind);
  });

  it('is the write whose challenge the user answers, though a tenant was refused in the background', () => {
    assert.equal(refused(write, northwind).latest(write.challenge), write);
  });

  it('still is that write after a read got a token without the claims', () => {
    const tokens = refused(write);
    tokens.given(contoso);
    assert.equal(tokens.latest(undefined), write);
  });

  it('is no longer what gave a token meanwhile', () => {
    const tokens = refused(contoso, write);
    tokens.given(write);
    assert.equal(tokens.latest(write.challenge), contoso);
    tokens.given({ ...contoso });
    assert.equal(tokens.latest(undefined), undefined);
  });

  it('is nothing after the user signed in', () => {
    const tokens = refused(contoso, northwind);
    tokens.forget();
    assert.equal(tokens.latest(undefined), undefined);
  });
});
