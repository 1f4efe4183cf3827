import assert from 'node:assert/strict';
import { azCloudName, azureCloud, cloudKind, federatedAudience } from '../../../src/identity/azureCloud.ts';

/** As somebody fills in the setting of VS Code for a private cloud; slashes at the end are a matter of taste there. */
const custom = {
  name: 'Contoso Private',
  portalUrl: 'https://portal.contoso.example/',
  managementEndpointUrl: 'https://management.core.contoso.example/',
  resourceManagerEndpointUrl: 'https://arm.contoso.example:8443/',
  activeDirectoryEndpointUrl: 'https://login.contoso.example/adfs/',
  activeDirectoryResourceId: 'https://management.core.contoso.example/',
};

describe('Azure clouds', () => {
  it('are the public one unless VS Code names another', () => {
    assert.deepEqual(['ChinaCloud', 'USGovernment', 'custom', 'Germany', '', null, undefined, { a: 1 }].map(cloudKind), [
      'ChinaCloud', 'USGovernment', 'custom', 'public', 'public', 'public', 'public', 'public',
    ]);
  });

  it('have a name for the Azure CLI where it would go elsewhere', () => {
    assert.deepEqual((['public', 'ChinaCloud', 'USGovernment', 'custom'] as const).map((kind) => azCloudName(kind, custom)), [
      undefined, 'AzureChinaCloud', 'AzureUSGovernment', 'Contoso Private',
    ]);
    assert.equal(azCloudName('custom', undefined), undefined);
  });

  it('never mix: endpoint, scopes, sign-in, portal and audience are those of one cloud', () => {
    const suffixes = { ChinaCloud: /\.cn$/, USGovernment: /\.(us|net)$/ } as const;
    for (const kind of ['ChinaCloud', 'USGovernment'] as const) {
      const { armEndpoint, signInScope, armScope, authorityHost, portal } = azureCloud(kind, custom);
      for (const url of [armEndpoint, signInScope, armScope, authorityHost ?? '', portal]) {
        assert.match(new URL(url).host, suffixes[kind]);
      }
    }
    assert.deepEqual((['public', 'ChinaCloud', 'USGovernment'] as const).map(federatedAudience), [
      'api://AzureADTokenExchange', 'api://AzureADTokenExchangeChina', 'api://AzureADTokenExchangeUSGov',
    ]);
  });

  it('take a custom one as it is described, without the slashes at its ends', () => {
    assert.deepEqual(azureCloud('custom', custom), {
      kind: 'custom',
      name: 'Contoso Private',
      armEndpoint: 'https://arm.contoso.example:8443',
      armHost: 'arm.contoso.example:8443',
      signInScope: 'https://management.core.contoso.example/.default',
      armScope: 'https://management.core.contoso.example/.default',
      authorityHost: 'https://login.contoso.example/adfs',
      portal: 'https://portal.contoso.example',
    });
  });

  it('refuse a custom one that lacks something or would send tokens elsewhere than it looks, and say what', () => {
    const endpoint = 'resourceManagerEndpointUrl';
    const wrong: readonly unknown[] = ['http://arm.contoso.example', 'https://management.azure.com@attacker.example', 'https://arm.example/?x=', 'arm.example', '', 7, undefined];
    for (const value of wrong) {
      assert.throws(() => azureCloud('custom', { ...custom, [endpoint]: value }), { code: 'invalidInput', message: /resourceManagerEndpointUrl/, fix: /user settings/ });
    }
    for (const value of [undefined, null, 'x']) {
      assert.throws(() => azureCloud('custom', value), { code: 'invalidInput' });
    }
  });
});
