import assert from 'node:assert/strict';
import { handleControl } from '../../cloud/control/controlHost.ts';
import { createTestWorld } from './testWorld.ts';

describe('the control host', () => {
  it('says that a body is no JSON, and shows its start', async () => {
    const request = { method: 'POST', url: new URL('http://control.localcloud/clock'), headers: {}, body: '{advanceMs: 5}' };
    const answer = await handleControl({ world: createTestWorld(), reset: () => undefined }, request);
    assert.deepEqual([answer.status, JSON.parse(answer.body)], [400, { error: 'The body is not JSON: {advanceMs: 5}' }]);
  });
});
