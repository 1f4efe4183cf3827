import assert from 'node:assert/strict';
import { offered } from './offered.ts';

describe('workloads of Astronomer\'s chart', () => {
  // Astro Private Cloud calls a release like cosmic-rotation-1234 and its namespace <platform>-<release>.
  it('are named like those of the official chart that it holds', () => {
    assert.deepEqual(offered({ layout: { kind: 'astronomerChart', release: 'cosmic-rotation-1234', fullnameOverride: 'cosmic-rotation-1234' } }, 'serviceAccount').slice(0, 2), [
      '+ cosmic-rotation-1234-scheduler', '+ cosmic-rotation-1234-dag-processor',
    ]);
  });
});
