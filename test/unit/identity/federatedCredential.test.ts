import assert from 'node:assert/strict';
import { isUnsupportedRegion, nameProblem, valueProblem } from '../../../src/identity/federatedCredential.ts';

describe('federated credential rules', () => {
  for (const [name, fits] of [
    ['abc', true],
    ['a-_', true],
    [`a${'b'.repeat(119)}`, true],
    ['ab', false],
    [`a${'b'.repeat(120)}`, false],
    ['-abc', false],
    ['a.bc', false],
    ['a bc', false],
    ['äbc', false],
    ['abc\n', false],
  ] as const) {
    it(`${fits ? 'takes' : 'refuses'} the name ${JSON.stringify(name.length > 20 ? `${name.length} characters` : name)}`, () => {
      assert.equal(nameProblem(name) === undefined, fits);
    });
  }

  it('takes exactly 600 characters and no more', () => {
    const subject = 's'.repeat(600);
    assert.equal(valueProblem('subject', subject), undefined);
    assert.equal(valueProblem('subject', `${subject}s`), '601 characters; Azure takes at most 600.');
  });

  it('knows the regions without federated credentials, however they are written', () => {
    assert.ok(isUnsupportedRegion('malaysiasouth'));
    assert.ok(isUnsupportedRegion('New Zealand North'));
    assert.ok(!isUnsupportedRegion('westus2'));
  });
});
