import assert from 'node:assert/strict';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { formatIdentityId, parseIdentityId, sameArmId } from '../../../src/identity/armId.ts';

describe('identity resource ids', () => {
  const path = { subscriptionId: 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3', resourceGroup: 'RG-Airflow', name: 'id-airflow-prod' };

  it('are read however ARM, the portal or a person spells them', () => {
    for (const id of [formatIdentityId(path), formatIdentityId(path).replace('resourcegroups', 'resourceGroups'), ` ${formatIdentityId(path)}\n`]) {
      assert.deepEqual(parseIdentityId(id), path);
    }
  });

  for (const text of ['', 'id-airflow-prod', '/subscriptions/x/resourceGroups/y', `${formatIdentityId(path)}/federatedIdentityCredentials/z`, formatIdentityId(path).replace('userAssigned', 'other')]) {
    it(`are told apart from other texts: ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(
        () => parseIdentityId(text),
        (error) => error instanceof AirflowIdentityError && error.code === 'invalidInput' && error.fix?.includes('Copy the resource ID') === true,
      );
    });
  }

  it('compare without letter case', () => {
    assert.ok(sameArmId(formatIdentityId(path), formatIdentityId(path).toUpperCase()));
    assert.ok(!sameArmId('/a', '/b'));
  });
});
