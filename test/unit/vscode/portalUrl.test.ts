import assert from 'node:assert/strict';
import { publicCloud } from '../../../src/identity/azureCloud.ts';
import { portalUrl } from '../../../src/vscode/portalUrl.ts';

describe('page in the portal', () => {
  it('is that of the resource in its tenant', () => {
    const resourceId = '/subscriptions/c0ffee00/resourcegroups/rg-data (prod)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a';
    assert.equal(
      portalUrl(publicCloud.portal, { tenantId: '2f6d8a31', resourceId }),
      'https://portal.azure.com/#@2f6d8a31/resource/subscriptions/c0ffee00/resourcegroups/rg-data%20(prod)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a',
    );
  });

  it('cannot be led elsewhere by a name', () => {
    const url = new URL(portalUrl(publicCloud.portal, { tenantId: 'x/../..', resourceId: '/subscriptions/s/resourceGroups/a#b?c&d' }));
    assert.equal(url.origin, 'https://portal.azure.com');
    assert.equal(url.hash, '#@x%2F..%2F../resource/subscriptions/s/resourceGroups/a%23b%3Fc%26d');
  });
});
