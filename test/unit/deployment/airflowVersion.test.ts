import assert from 'node:assert/strict';
import { isAirflow3 } from '../../../src/deployment/airflowVersion.ts';

describe('version of Airflow', () => {
  for (const [runtimeVersion, airflowVersion, expected] of [
    ['9.5.0', undefined, false],
    ['13.0.0', undefined, false],
    ['3.0-1', undefined, true],
    ['3.1-12', undefined, true],
    [undefined, '3.0.2', true],
    ['3.1-12', '2.11.0', false],
    [undefined, undefined, false],
  ] as const) {
    it(`is ${expected ? 3 : 2} for Runtime ${runtimeVersion ?? 'unknown'} and Airflow ${airflowVersion ?? 'unknown'}`, () => {
      assert.equal(isAirflow3({ runtimeVersion, airflowVersion }), expected);
    });
  }
});
