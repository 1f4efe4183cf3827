import assert from 'node:assert/strict';
import { listingOf, listingText, tenantsOf, tenantsText } from '../../../src/identity/listingSnapshot.ts';
import type { Tenant } from '../../../src/identity/managedIdentity.ts';
import { identitySample } from './identitySample.ts';

const { account, tenantId } = identitySample();
const tenant: Tenant = { account, tenantId, displayName: 'Contoso', defaultDomain: 'contoso.example' };
const sales: Tenant = { account: { id: 'sam', label: 'sam@fabrikam.example' }, tenantId: 'x', displayName: 'Fabrikam', defaultDomain: undefined };
const subscription = { account, tenantId, subscriptionId: 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3', displayName: 'Production', state: 'Enabled' };
const listing = {
  at: 1_700_000_000_000,
  subscriptions: [
    { subscription, identities: [identitySample({ name: 'a', tags: { env: 'prod' } }), identitySample({ name: 'b', id: '/subscriptions/c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3/resourceGroups/rg-airflow/providers/Microsoft.ManagedIdentity/userAssignedIdentities/b' })] },
    { subscription: { ...subscription, subscriptionId: 'empty' }, identities: [] },
    { subscription: { ...subscription, subscriptionId: 'never listed' }, identities: undefined },
  ],
};

describe('what a listing leaves for the next start', () => {
  it('gives the same listing again', () => {
    assert.deepEqual(listingOf(listingText(tenant, listing), tenant), listing);
    assert.deepEqual(tenantsOf(tenantsText({ at: 5, tenants: [tenant, sales] })), { at: 5, tenants: [tenant, sales] });
  });

  const text = listingText(tenant, listing);
  const damaged: readonly [string, string][] = [
    ['half a text', text.slice(0, text.length / 2)],
    ['no JSON', 'x'],
    ['another version', text.replace('"version":1', '"version":0')],
    ['an identity without a principal', text.replace(`"${identitySample().principalId}"`, '7')],
    ['an id that is none', text.replace('/subscriptions/', '/')],
    ['another tenant', text.replace(tenantId, 'y')],
    ['another account', text.replace('"dana"', '"sam"')],
  ];
  for (const [what, damagedText] of damaged) {
    it(`is nothing where it holds ${what}`, () => assert.equal(listingOf(damagedText, tenant), undefined));
  }

  it('holds no more than ids, names and tags', () => {
    const { subscriptions: [first] } = JSON.parse(text) as { subscriptions: { identities: unknown[][] }[] };
    const { id, location, clientId, principalId, homeTenantId } = identitySample({ name: 'a' });
    assert.deepEqual(first?.identities[0], [id, location, clientId, principalId, homeTenantId, { env: 'prod' }]);
  });
});
