import assert from 'node:assert/strict';
import { OwnWrites } from '../../../src/vscode/identities/ownWrites.ts';
import { identitySample } from '../identity/identitySample.ts';
import { ManualClock } from './manualClock.ts';

const [old, made] = [identitySample({ name: 'old' }), identitySample({ name: 'made' })];

describe('what this window wrote', () => {
  let clock: ManualClock;
  let writes: OwnWrites;
  const names = (found: Parameters<OwnWrites['corrected']>[0], place = old): string[] => writes.corrected(found, place).map(({ name, location }) => `${name} ${location}`);
  beforeEach(() => {
    clock = new ManualClock();
    writes = new OwnWrites(clock);
  });

  it('is put into what a search found without it, taken out of what it still finds, and comes in place of what it finds of before', () => {
    writes.keep(made, made);
    assert.deepEqual(names([old]), ['old westus2', 'made westus2']);
    writes.keep(old, undefined);
    assert.deepEqual(names([old]), ['made westus2']);
    writes.keep({ ...made, name: 'MADE' }, { ...made, location: 'eastus' });
    assert.deepEqual(names([old, made]), ['made eastus']);
  });

  it('changes nothing in other subscriptions, tenants and accounts', () => {
    writes.keep(made, made);
    for (const place of [identitySample({ subscriptionId: 'x' }), { ...made, tenantId: 'x' }, { ...made, account: { id: 'x', label: '' } }]) {
      assert.deepEqual(names([], place), []);
    }
  });

  it('is left to the search after a quarter of an hour', async () => {
    writes.keep(made, made);
    await clock.advance(15 * 60_000);
    assert.deepEqual(names([]), []);
  });
});
