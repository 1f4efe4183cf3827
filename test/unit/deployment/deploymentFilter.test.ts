import assert from 'node:assert/strict';
import { isEmptyDeploymentFilter, letsDeploymentThrough, letsWorkspaceThrough, storedDeploymentFilter } from '../../../src/deployment/deploymentFilter.ts';
import type { DeploymentFilter } from '../../../src/deployment/deploymentFilter.ts';
import { deployment } from '../trust/trustSamples.ts';

describe('filter of deployments', () => {
  const { workspace } = deployment;
  const manual = { ...workspace, sourceId: 'manual', id: 'manual', organizationId: '', organizationName: '' };

  it('of organizations lets through what belongs to none', () => {
    assert.equal(letsWorkspaceThrough({ organizationIds: [workspace.organizationId] }, workspace), true);
    assert.equal(letsWorkspaceThrough({ organizationIds: ['other'] }, workspace), false);
    assert.equal(letsWorkspaceThrough({ organizationIds: ['other'] }, manual), true);
    assert.equal(letsWorkspaceThrough({ workspaceIds: [workspace.id] }, manual), false);
  });

  it('of clouds and names decides about deployments', () => {
    const cases: readonly (readonly [DeploymentFilter, Partial<typeof deployment>, boolean])[] = [
      [{}, {}, true],
      [{ clouds: ['AZURE'] }, {}, true],
      [{ clouds: ['AZURE'] }, { cloudProvider: 'AWS' }, false],
      [{ clouds: ['AWS', 'GCP'] }, { cloudProvider: 'aws' }, true],
      [{ clouds: [''] }, { cloudProvider: undefined }, true],
      [{ clouds: [''] }, {}, false],
      [{ name: 'CUSTOMER' }, {}, true],
      [{ name: 'orders' }, {}, false],
    ];
    for (const [filter, change, expected] of cases) {
      assert.equal(letsDeploymentThrough(filter, { ...deployment, ...change }), expected, JSON.stringify([filter, change]));
    }
  });

  it('comes back from storage, and shows everything where it cannot be read', () => {
    const kept = { organizationIds: ['a'], workspaceIds: ['b'], clouds: ['AZURE'], name: 'x' };
    assert.deepEqual(storedDeploymentFilter(JSON.parse(JSON.stringify(kept))), kept);
    for (const value of [undefined, null, 'x', { clouds: 'AZURE' }, { name: 1 }]) {
      assert.ok(isEmptyDeploymentFilter(storedDeploymentFilter(value)), JSON.stringify(value));
    }
    assert.ok(isEmptyDeploymentFilter({ clouds: [], name: '' }));
  });
});
