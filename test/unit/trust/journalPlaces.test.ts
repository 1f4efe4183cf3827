import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { Change } from '../../../src/trust/journalEntry.ts';
import { placeOf } from '../../../src/trust/journalPlaces.ts';
import type { JournalAzure } from '../../../src/trust/journalPlaces.ts';
import { identity } from './trustSamples.ts';

const { account, tenantId, subscriptionId, resourceGroup, name, location } = identity;
const { signal } = new AbortController();
const created: Change = {
  kind: 'identity',
  identity: { account: { ...account }, tenantId, subscriptionId, resourceGroup, name },
  action: 'create',
  location,
  tags: { team: 'data' },
};

/** Azure with this identity in it and nothing else. */
function azureWith(standing: Partial<typeof identity> | undefined): JournalAzure {
  const azure: Partial<JournalAzure> = {
    identity: async () => {
      if (standing === undefined) {
        throw new AirflowIdentityError('notFound', 'Gone.');
      }
      return { ...identity, ...standing };
    },
  };
  return azure as JournalAzure;
}

describe('the place of an identity that a change created', () => {
  const cases = [
    { what: 'stands as it was written', standing: { tags: { team: 'data' } }, read: 'after' },
    { what: 'has further tags, as a policy of the company adds them', standing: { tags: { team: 'data', costCenter: '12' } }, read: 'after' },
    { what: 'stands in a region that ARM answers by its display name', standing: { tags: { team: 'data' }, location: 'West US 2' }, read: 'after' },
    { what: 'has a tag that somebody changed since', standing: { tags: { team: 'platform' } }, read: 'other' },
    { what: 'stands in another region', standing: { tags: { team: 'data' }, location: 'eastus' }, read: 'other' },
    { what: 'is not there', standing: undefined, read: 'before' },
  ] as const;
  for (const { what, standing, read } of cases) {
    it(`${what}: ${read}`, async () => {
      assert.equal(await placeOf(created, azureWith(standing))?.read(signal), read);
    });
  }
});

describe('the place of a resource group that a change created', () => {
  const group: Change = { kind: 'resourceGroup', subscription: { account: { ...account }, tenantId, subscriptionId }, name: 'rg-new', location };

  it('is found whatever its letter case, and is never deleted', async () => {
    const azure: Partial<JournalAzure> = { resourceGroups: async () => [{ name: 'RG-New', location: 'eastus' }] };
    const place = placeOf(group, azure as JournalAzure);
    assert.equal(await place?.read(signal), 'after');
    assert.equal(place?.makeBefore, undefined);
    const none: Partial<JournalAzure> = { resourceGroups: async () => [] };
    assert.equal(await placeOf(group, none as JournalAzure)?.read(signal), 'before');
  });
});
