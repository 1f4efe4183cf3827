import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sample } from '../../cloud/sampleWorld.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud } from '../../cloud/startCloud.ts';

const run = promisify(execFile);

describe("Microsoft's own clients, unmodified, behind the local cloud's proxy", () => {
  let cloud: Cloud;
  let said: Record<string, unknown> = {};
  before(async function () {
    // A process starts, loads the SDKs and makes some twenty requests.
    this.timeout(20_000);
    cloud = await startCloud({ settings: { serviceMs: 150 } });
    const script = fileURLToPath(new URL('sdkClient.ts', import.meta.url));
    const { stdout } = await run(process.execPath, [script], { env: { PATH: process.env['PATH'], ...cloud.env } });
    said = JSON.parse(stdout) as Record<string, unknown>;
  });
  after(() => cloud.stop());

  it('list identities, and credentials over several pages', () => {
    assert.deepEqual(said['identities'], ['id-airflow-prod', 'id-legacy-gov', 'id-airflow-nz', 'id-reporting', 'id-github-flexible']);
    assert.equal(said['credentials'], 7);
    const pages = cloud.world.log.entries.filter((entry) => entry.method === 'GET' && entry.path.includes('id-airflow-prod/federatedIdentityCredentials'));
    assert.equal(pages.length, 3);
  });

  it('meet the 409 of two writes at once, and the limit of 20', () => {
    assert.deepEqual(said['both'], ['409 ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity', 'success']);
    assert.deepEqual([said['twentieth'], said['twentyFirst']], ['success', '400 BadRequest']);
  });

  it("sign in by secret, exchange a service account's token for the identity's, and are told why another is refused", () => {
    assert.equal(said['asIdentity'], sample.identities.airflowProd.clientId);
    assert.equal(said['asApp'], 3, 'an app with a secret lists what its role shows');
    assert.match(String(said['refused']), /AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:x:y'/u);
  });

  it('ask only for hosts of the world, and leave no token in the log', () => {
    assert.deepEqual(cloud.world.refusedHosts, []);
    assert.deepEqual([...new Set(cloud.world.log.entries.map((entry) => entry.host))].toSorted(), ['login.microsoftonline.com', 'management.azure.com']);
    assert.deepEqual(cloud.world.log.entries.filter((entry) => entry.unmodelled), []);
    assert.doesNotMatch(JSON.stringify(cloud.world.log.entries), /eyJ/u);
    assert.equal(cloud.world.log.entries.filter((entry) => (entry.identityConcurrency ?? 0) > 1).length, 1);
  });
});
