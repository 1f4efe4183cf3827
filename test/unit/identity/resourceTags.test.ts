import assert from 'node:assert/strict';
import { describeTagChange, tagChanges, tagNameProblem, tagValueProblem, withTagChanges } from '../../../src/identity/resourceTags.ts';

describe('tags of a resource', () => {
  it('refuses what Azure refuses', () => {
    assert.equal(tagNameProblem('cost center', {}), undefined);
    assert.match(tagNameProblem('', {}) ?? '', /missing/);
    assert.match(tagNameProblem('a/b', {}) ?? '', /none of/);
    assert.match(tagNameProblem('Microsoft.x', {}) ?? '', /begin with microsoft/);
    assert.match(tagNameProblem('Team', { team: 'data' }) ?? '', /a tag team already/);
    assert.match(tagNameProblem('t', Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag${index}`, '']))) ?? '', /at most 50/);
    assert.match(tagNameProblem('t'.repeat(513), {}) ?? '', /513 characters/);
    assert.equal(tagValueProblem('v'.repeat(256)), undefined);
    assert.match(tagValueProblem('v'.repeat(257)) ?? '', /257 characters/);
  });

  it('says what is added, changed and removed', () => {
    const changes = tagChanges({ env: 'dev', owner: 'x', team: 'data' }, { constructor: 'me', env: 'prod', team: 'data' });
    assert.deepEqual(changes.map(describeTagChange), ['Add constructor: me', 'Change env: dev to prod', 'Remove owner: x']);
  });

  it('keeps what others wrote meanwhile', () => {
    const changes = tagChanges({ env: 'dev', owner: 'x' }, { env: 'prod' });
    assert.deepEqual(withTagChanges({ ENV: 'test', owner: 'y', audit: '2026' }, changes), { audit: '2026', env: 'prod' });
  });
});
