import assert from 'node:assert/strict';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { connectToCloud, identityRef, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';
import { ofFaults, ofTheWorld, put, read } from './refusalCases.ts';

describe('refusals of Azure', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  for (const { when, effect, work, code, message, fix, details } of [...ofTheWorld, ...ofFaults]) {
    it(`are clear when ${when}`, async () => {
      if (effect !== undefined) {
        client.cloud.world.faults.add({ effect });
      }
      const error = await refusalOf(work(client));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      if (fix === undefined) {
        assert.equal(error.fix, undefined);
      } else {
        assert.match(error.fix ?? '', fix);
      }
      assert.deepEqual({ ...error.details, ...details }, error.details);
      assert.doesNotMatch(`${error.message} ${error.fix ?? ''} ${JSON.stringify(error.details)}`, /Bearer ey|<html>/);
    });
  }

  it('name the correlation id that the service knows the request by', async () => {
    const error = await refusalOf(client.azure.identity(identityRef('id-gone'), neverCanceled()));
    assert.equal(error.details.correlationId, client.cloud.world.log.entries[0]?.correlationId);
    assert.equal(error.details.path?.endsWith('/userAssignedIdentities/id-gone'), true);
  });

  it('name the proxy when nothing listens where it should be', async () => {
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:9';
    const error = await refusalOf(put(client));
    assert.equal(error.code, 'network');
    assert.equal(error.details.serviceCode, 'ECONNREFUSED');
    assert.match(error.message, /management\.azure\.com was refused \(by 127\.0\.0\.1:9\)/);
    assert.match(error.fix ?? '', /HTTPS_PROXY/);
  });

  it('name the CA when the proxy opens TLS and is not trusted', async () => {
    setDefaultCACertificates(getCACertificates('bundled'));
    const error = await refusalOf(read(client));
    assert.equal(error.code, 'network');
    assert.match(error.message, /certificate of management\.azure\.com is not trusted/);
    assert.match(error.fix ?? '', /NODE_EXTRA_CA_CERTS/);
    assert.equal(client.requests.length, 1, 'trust does not come back by trying again');
  });
});
