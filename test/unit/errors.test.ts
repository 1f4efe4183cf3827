import assert from 'node:assert/strict';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../src/errors.ts';

describe('errors', () => {
  it('of another bundle keep their code and fix', async () => {
    // What a bundle does: the same source, evaluated a second time.
    const copy = (await import(new URL('../../src/errors.ts?otherBundle', import.meta.url).href)) as { AirflowIdentityError: typeof AirflowIdentityError };
    assert.notEqual(copy.AirflowIdentityError, AirflowIdentityError);
    const thrown = new copy.AirflowIdentityError('forbidden', 'Not allowed.', { fix: 'Ask an owner.' });
    assert.ok(thrown instanceof AirflowIdentityError);
    assert.equal(toAirflowIdentityError(thrown), thrown);
  });

  it('of others become unexpected ones that keep the cause', () => {
    const cause = new TypeError('x is not a function');
    const error = toAirflowIdentityError(cause);
    assert.deepEqual([error.code, error.message, error.cause], ['unexpected', 'Unexpected error: x is not a function', cause]);
    assert.equal(toAirflowIdentityError('plain text').message, 'Unexpected error: plain text');
    assert.ok(!(cause instanceof AirflowIdentityError));
  });

  it('of an aborted signal are a cancel, whoever named them', () => {
    assert.ok(isCancel(AbortSignal.abort().reason));
    assert.ok(isCancel(Object.assign(new Error('Canceled'), { name: 'Canceled' })));
    assert.ok(!isCancel(new Error('AbortError')));
  });
});
