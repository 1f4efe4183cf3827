import assert from 'node:assert/strict';
import { groupNameProblem, identityNameProblem } from '../../../src/identity/identityName.ts';

function check(what: string, problemOf: (name: string) => string | undefined, cases: readonly (readonly [name: string, fits: boolean])[]): void {
  describe(what, () => {
    for (const [name, fits] of cases) {
      it(`${fits ? 'takes' : 'refuses'} ${JSON.stringify(name.length > 30 ? `${name.length} characters` : name)}`, () => {
        assert.equal(problemOf(name) === undefined, fits);
      });
    }
  });
}

check('name of an identity', identityNameProblem, [
  ['id-airflow', true], ['0_a', true], [`a${'b'.repeat(127)}`, true],
  ['', false], ['ab', false], ['-abc', false], ['_abc', false], ['a.bc', false], ['a bc', false], ['äbc', false], ['abc\n', false], [`a${'b'.repeat(128)}`, false],
]);

check('name of a resource group', groupNameProblem, [
  ['rg', true], ['rg-(prod).1_a', true], ['größe', true], ['1', true], ['g'.repeat(90), true],
  ['', false], ['rg.', false], ['a/b', false], ['a b', false], ['g'.repeat(91), false],
]);
