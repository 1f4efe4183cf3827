import assert from 'node:assert/strict';
import { offered } from './offered.ts';

describe('workloads of the community chart', () => {
  it('share one account, called like the release', () => {
    assert.deepEqual(offered({ layout: { kind: 'communityChart', release: 'prod' } }, 'serviceAccount'), ['+ prod', '- default']);
    assert.deepEqual(offered({ layout: { kind: 'communityChart', release: 'prod' } }), ['+ All components', '- KubernetesPodOperator']);
  });

  it('take the name that values.yaml gives', () => {
    assert.deepEqual(offered({ layout: { kind: 'communityChart', release: 'prod', serviceAccount: 'default' } }), ['+ All components, KubernetesPodOperator']);
  });
});
