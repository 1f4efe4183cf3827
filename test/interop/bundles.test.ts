import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { sample } from '../cloud/sampleWorld.ts';
import { startCloud } from '../cloud/startCloud.ts';
import type { Cloud } from '../cloud/startCloud.ts';
import type { Story } from './bundleStory.ts';
import { buildShippedBundles } from './shippedBundles.ts';
import type { ShippedBundles } from './shippedBundles.ts';

describe('the bundles that ship, in a process behind a proxy that opens TLS', function () {
  this.timeout(60_000);
  let cloud: Cloud;
  let bundles: ShippedBundles;
  before(async () => {
    cloud = await startCloud();
    bundles = await buildShippedBundles();
  });
  after(async () => {
    await cloud.stop();
    await bundles.remove();
  });

  it('go from sign-in to a written credential, with the calls that are needed and no other', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'bundleStory.ts'), bundles.folder], {
      timeout: 30_000,
      env: {
        PATH: process.env['PATH'],
        ...cloud.env,
        AZURE_TENANT_ID: sample.tenants.contoso.id,
        AZURE_CLIENT_ID: sample.app.clientId,
        AZURE_CLIENT_SECRET: sample.app.secret,
      },
    });
    const seen = JSON.parse(stdout) as Story;
    const { issuers, identities, astro, app } = sample;
    const name = `${astro.deployments.customer360.namespace}-kpo`;
    const subject = `system:serviceaccount:${astro.deployments.customer360.namespace}:${name}`;
    const arm = 'management.azure.com';
    const expected: Story = {
      account: app.clientId,
      clientId: identities.airflowProd.clientId,
      issuer: issuers.prod,
      discovered: issuers.prod,
      written: { name, issuer: issuers.prod, subject, audiences: ['api://AzureADTokenExchange'] },
      counts: [7, 8],
      requests: [
        'POST login.microsoftonline.com 200',
        `GET ${arm} 200`,
        `GET ${arm} 200`,
        `GET ${arm} 200`,
        ...['organizations', 'workspaces', 'deployments', 'clusters'].map(() => 'GET api.astronomer.io 200'),
        `GET ${arm} 200`,
        `PUT ${arm} 201`,
        `GET ${arm} 200`,
        `GET ${new URL(issuers.prod).host} 200`,
      ],
    };
    assert.deepEqual(seen, expected);
    const { log, refusedHosts } = cloud.world;
    assert.deepEqual(refusedHosts, []);
    assert.deepEqual(log.entries.filter((entry) => entry.unmodelled || entry.faulted || (entry.identityConcurrency ?? 0) > 1), []);
    assert.doesNotMatch(stdout, /eyJ|secret/i);
  });
});
