import assert from 'node:assert/strict';
import { isEmptyFilter, letsIdentityThrough, letsSubscriptionThrough, letsTenantThrough, storedFilter } from '../../../src/identity/identityFilter.ts';
import type { IdentityFilter } from '../../../src/identity/searchPort.ts';
import { identitySample } from './identitySample.ts';

const identity = identitySample({ name: 'id-Airflow-prod', resourceGroup: 'rg-Data', tags: { env: 'Prod', empty: '' } });

describe('a filter of identities', () => {
  const cases: readonly [string, IdentityFilter, boolean][] = [
    ['nothing', {}, true],
    ['a part of the name in other letter case', { name: 'AIRFLOW' }, true],
    ['another name', { name: 'etl' }, false],
    ['one of several resource groups', { resourceGroups: ['rg-x', 'RG-DATA'] }, true],
    ['another resource group', { resourceGroups: ['rg-x'] }, false],
    ['a tag and its value', { tags: [{ name: 'env', value: 'prod' }] }, true],
    ['a tag with another value', { tags: [{ name: 'env', value: 'dev' }] }, false],
    ['a tag whatever its value', { tags: [{ name: 'env' }] }, true],
    ['a tag without a value', { tags: [{ name: 'empty' }] }, false],
    ['two tags of which one is missing', { tags: [{ name: 'env' }, { name: 'team' }] }, false],
    ['its subscription', { subscriptionIds: [identity.subscriptionId.toUpperCase()] }, true],
    ['another subscription', { subscriptionIds: ['x'] }, false],
    ['another tenant', { tenantIds: ['x'] }, false],
  ];
  for (const [what, filter, isThrough] of cases) {
    it(`by ${what} ${isThrough ? 'shows' : 'hides'} it`, () => assert.equal(letsIdentityThrough(filter, identity), isThrough));
  }

  it('is empty when it holds no condition', () => {
    assert.ok(isEmptyFilter({ name: '', tags: [], trustsDeployments: false }));
    assert.ok(!isEmptyFilter({ trustsDeployments: true }));
  });

  it('chooses tenants and subscriptions before they are asked', () => {
    assert.deepEqual([letsTenantThrough({}, 'a'), letsTenantThrough({ tenantIds: ['A'] }, 'a'), letsTenantThrough({ tenantIds: ['b'] }, 'a')], [true, true, false]);
    assert.deepEqual([letsSubscriptionThrough({}, 'a'), letsSubscriptionThrough({ subscriptionIds: ['b'] }, 'a')], [true, false]);
  });

  it('that was kept is read again, and lets everything through where it cannot be read', () => {
    const filter: IdentityFilter = { name: 'x', tags: [{ name: 'env' }, { name: 'a', value: 'b' }], trustsDeployments: true };
    assert.deepEqual(storedFilter(JSON.parse(JSON.stringify(filter))), filter);
    assert.deepEqual([undefined, 3, { tags: 'env' }].map(storedFilter), [{}, {}, {}]);
  });
});
