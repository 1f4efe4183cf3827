import assert from 'node:assert/strict';
import { planEdit } from '../../../src/trust/editCredential.ts';
import { standing, strangers } from './trustSamples.ts';

const shown = standing('worker');
const values = { issuer: shown.issuer, subject: shown.subject ?? '', audience: shown.audiences[0] ?? '' };
const held = [...strangers(2), standing('scheduler'), shown];

describe('editing a credential', () => {
  it('replaces the values and keeps the name', () => {
    const edit = planEdit(shown, { ...values, subject: 'system:serviceaccount:a:b' }, held);
    assert.ok(edit.kind === 'replace' && edit.row.status === 'replace');
    assert.deepEqual([edit.row.wanted.name, edit.row.wanted.subject, edit.row.changes], [shown.name, 'system:serviceaccount:a:b', ['subject']]);
  });

  it('writes nothing where nothing is changed', () => {
    assert.deepEqual(planEdit(shown, values, held), { kind: 'unchanged' });
  });

  it('is refused where another credential holds the issuer and subject, with the same audience or another', () => {
    for (const audience of [values.audience, 'api://other']) {
      const edit = planEdit(shown, { ...values, subject: standing('scheduler').subject ?? '', audience }, held);
      assert.ok(edit.kind === 'refused');
      assert.match(edit.why, /scheduler already holds/);
    }
  });

  it('is refused where the credential is not as it was shown, is gone or is flexible', () => {
    assert.throws(() => planEdit(shown, values, [standing('worker', { issuer: 'https://other/' })]), { code: 'conflict', message: /changed by somebody else/ });
    assert.throws(() => planEdit(shown, values, []), { code: 'conflict', message: /is gone/ });
    const flexible = { ...shown, subject: undefined, claimsMatchingExpression: "claims['sub'] matches 'x'" };
    assert.throws(() => planEdit(flexible, values, [flexible]), { code: 'invalidInput', message: /flexible/ });
  });
});
