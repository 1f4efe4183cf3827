import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { detailsText, ErrorPresenter } from '../../../src/vscode/errorPresenter.ts';
import { settled } from './manualClock.ts';

interface Shown {
  readonly text: string;
  readonly actions: readonly string[];
  readonly answer: (action: string | undefined) => void;
}

function setUp({ canSignIn = true } = {}): { readonly presenter: ErrorPresenter; readonly shown: Shown[]; readonly did: string[] } {
  const shown: Shown[] = [];
  const did: string[] = [];
  const presenter = new ErrorPresenter({
    messages: { error: (text, ...actions) => new Promise((answer) => shown.push({ text, actions, answer })) },
    log: { show: () => did.push('log') },
    canSignIn: () => canSignIn,
    signInAgain: async (challenge) => void did.push(challenge === undefined ? 'sign in' : `sign in for ${challenge}`),
    setAstroToken: async () => did.push('token') > 0,
    copy: async (text) => void did.push(text),
    now: () => Date.UTC(2026, 7, 1, 12),
    versions: 'Azure Identity for Airflow 0.1.0, VS Code 1.105.0',
  });
  return { presenter, shown, did };
}

const expired = (): AirflowIdentityError => new AirflowIdentityError('signedOut', 'The session has expired.', { fix: 'Sign in again.' });

describe('errors', () => {
  it('are shown with what to do, the log and the details', async () => {
    const { presenter, shown, did } = setUp();
    const done = presenter.present(new AirflowIdentityError('forbidden', 'No right to write.', { fix: 'Ask an owner.' }));
    assert.equal(shown[0]?.text, 'No right to write. Ask an owner.');
    assert.deepEqual(shown[0].actions, ['Show Log', 'Copy Details']);
    shown[0].answer('Show Log');
    assert.equal(await done, false);
    assert.deepEqual(did, ['log']);
  });

  it('of one ended session lead to one message, and everything it stopped resumes', async () => {
    const { presenter, shown, did } = setUp();
    const stopped = Array.from({ length: 5 }, () => presenter.present(expired()));
    await settled();
    assert.equal(shown.length, 1);
    assert.deepEqual(shown[0]?.actions, ['Sign in again', 'Show Log', 'Copy Details']);
    shown[0].answer('Sign in again');
    assert.deepEqual(await Promise.all(stopped), [true, true, true, true, true]);
    assert.deepEqual(did, ['sign in']);
  });

  it('that carry a claims challenge hand it to the sign-in', async () => {
    const { presenter, shown, did } = setUp();
    const done = presenter.present(new AirflowIdentityError('interactionRequired', 'A second factor is wanted.', { details: { challenge: 'Bearer claims="a"' } }));
    await settled();
    shown[0]?.answer('Sign in to this tenant');
    assert.equal(await done, true);
    assert.deepEqual(did, ['sign in for Bearer claims="a"']);
  });

  it('of a session that ends again later are shown again', async () => {
    const { presenter, shown } = setUp();
    const first = presenter.present(expired());
    shown[0]?.answer(undefined);
    assert.equal(await first, false);
    void presenter.present(expired());
    assert.equal(shown.length, 2);
  });

  it('of a tenant that wants a second factor offer the sign-in to it', () => {
    const { presenter, shown } = setUp();
    void presenter.present(new AirflowIdentityError('interactionRequired', 'This tenant wants more.'));
    assert.equal(shown[0]?.actions[0], 'Sign in to this tenant');
  });

  it('of the Azure CLI say what to do and offer no dialog that cannot help', () => {
    const { presenter, shown } = setUp({ canSignIn: false });
    void presenter.present(new AirflowIdentityError('signedOut', 'The Azure CLI is not signed in.', { fix: 'Run "az login".' }));
    assert.deepEqual(shown.map(({ text, actions }) => [text, ...actions]), [['The Azure CLI is not signed in. Run "az login".', 'Show Log', 'Copy Details']]);
  });

  it('of Astro ask for its token, and not for Azure', async () => {
    const { presenter, shown, did } = setUp();
    const astro = presenter.present(new AirflowIdentityError('signedOut', 'Astro did not accept the token.', { details: { host: 'api.astronomer.io' } }));
    void presenter.present(expired());
    assert.equal(shown.length, 2);
    shown[0]?.answer('Set Astro API Token');
    assert.equal(await astro, true);
    assert.deepEqual(did, ['token']);
  });

  it('copy what support asks for, and no secret', () => {
    const error = new AirflowIdentityError('forbidden', 'refused Bearer abcdefgh12345678', {
      details: { method: 'PUT', host: 'management.azure.com', path: '/subscriptions/s', status: 403, serviceCode: 'AuthorizationFailed', correlationId: 'c-3' },
    });
    assert.equal(
      detailsText(error, Date.UTC(2026, 7, 1, 12), 'Azure Identity for Airflow 0.1.0, VS Code 1.105.0'),
      [
        'Time: 2026-08-01T12:00:00.000Z',
        'Versions: Azure Identity for Airflow 0.1.0, VS Code 1.105.0',
        'Code: forbidden (AuthorizationFailed)',
        'Message: refused Bearer [token]',
        'Request: PUT management.azure.com/subscriptions/s 403',
        'Correlation ID: c-3',
      ].join('\n'),
    );
  });
});
