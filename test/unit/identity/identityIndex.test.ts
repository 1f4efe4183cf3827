import assert from 'node:assert/strict';
import { IdentityIndex } from '../../../src/identity/identityIndex.ts';
import { identitySample } from './identitySample.ts';

const prod = { identity: identitySample({ name: 'id-airflow-prod', clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71' }) };
const dev = { identity: identitySample({ name: 'my-airflow-dev', clientId: '3b9aca00-7f21-4d0e-9a4c-1d2e3f405162', principalId: '4c8bdb11-8032-4e1f-8b5d-2e3f40516273' }) };
const other = { identity: identitySample({ name: 'etl', resourceGroup: 'rg-airflow-etl', clientId: 'ffffffff-0000-4000-8000-000000000000' }) };
const index = new IdentityIndex([other, dev, prod]);

describe('finding an identity by typing', () => {
  const cases: readonly [string, string, readonly object[]][] = [
    ['a part of its name', 'AIRFLOW-P', [prod]],
    ['two parts in any order', 'dev my', [dev]],
    ['a part of its client id', '3b9aca00', [dev]],
    ['its principal id', dev.identity.principalId, [dev]],
    ['its resource id', prod.identity.id.replace('resourcegroups', 'resourceGroups').toUpperCase(), [prod]],
    ['the URL of its page', `https://portal.azure.com/#@contoso.example/resource${other.identity.id}/overview`, [other]],
    ['the URL of its page in another cloud', ` https://portal.azure.us/#view/x/resource${dev.identity.id.replace('my-airflow', 'my%2Dairflow')}?x=1 `, [dev]],
    ['a word that several have, the best first', 'airflow', [dev, prod, other]],
    ['the beginning of a name before its middle', 'id', [prod, other, dev]],
    ['something nobody has', 'nothing', []],
  ];
  for (const [what, query, found] of cases) {
    it(`works with ${what}`, () => assert.deepEqual(index.find(query, 10).map(({ identity }) => identity.name), found.map((item) => (item as typeof prod).identity.name)));
  }

  it('gives no more than is asked for, and everything without a word', () => {
    assert.equal(index.find('', 10).length, 3);
    assert.equal(index.find(' ', 2).length, 2);
  });
});
