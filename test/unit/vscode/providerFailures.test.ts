import assert from 'node:assert/strict';
import { isProviderMissing, isRefusedByUser } from '../../../src/vscode/signIn/providerFailures.ts';

const consent = 'User did not consent to account access';
const missing = "Timed out waiting for authentication provider 'microsoft' to register.";

describe('failures of the sign-in provider', () => {
  it('are the user\'s will where a dialog was closed, whether VS Code says so by an error or by a string', () => {
    assert.deepEqual([new Error('User did not consent to login.'), consent, new Error('Cancelled')].map(isRefusedByUser), [true, true, true]);
    assert.deepEqual([new Error('AADSTS50076'), missing, undefined].map(isRefusedByUser), [false, false, false]);
  });

  it('say that there is no provider', () => {
    assert.deepEqual([new Error(missing), missing, consent, undefined].map(isProviderMissing), [true, true, false, false]);
  });
});
