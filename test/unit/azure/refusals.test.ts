import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { connectToCloud, identityRef, neverCanceled, refusalOf } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';
import { ofFaults, ofTheWorld, put, read } from './refusalCases.ts';
import { ofRights } from './rightsRefusalCases.ts';

describe('refusals of Azure', () => {
  let client: CloudClient;
  before(async () => {
    client = await connectToCloud();
  });
  beforeEach(() => client.reset());
  after(() => client.stop());

  for (const { when, effect, work, code, message, fix, details } of [...ofTheWorld, ...ofFaults, ...ofRights]) {
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

  it('name the proxy whose name is unknown', async () => {
    process.env['HTTPS_PROXY'] = 'http://proxy.invalid:8080';
    const error = await refusalOf(put(client));
    assert.equal(error.code, 'network');
    assert.match(error.message, /^The name proxy\.invalid could not be resolved\.$/);
  });

  for (const [answer, message, fix] of [
    ['407 Proxy Authentication Required', /proxy wants a sign-in before it connects to management\.azure\.com \(407\)/, /http\.proxy/],
    ['403 Forbidden', /refused the connection \(403\)/, /must be allowed/],
    ['502 Bad Gateway', /failed to answer \(502\)/, /Try again/],
  ] as const) {
    it(`tell a proxy that answers CONNECT by ${answer} from the service`, async () => {
      const proxy = createServer().on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${answer}\r\nContent-Type: text/html\r\n\r\n<html>`));
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      const address = proxy.address();
      process.env['HTTPS_PROXY'] = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : assert.fail();
      const error = await refusalOf(put(client));
      proxy.close();
      assert.match(error.message, message);
      assert.match(error.fix ?? '', fix);
    });
  }

  it('name the CA when the proxy opens TLS and is not trusted', async () => {
    // One that has no connection open yet.
    const unconnected = await connectToCloud();
    setDefaultCACertificates(getCACertificates('bundled'));
    const error = await refusalOf(read(unconnected));
    await unconnected.stop();
    assert.equal(error.code, 'network');
    assert.match(error.message, /certificate of management\.azure\.com is not trusted/);
    assert.match(error.fix ?? '', /NODE_EXTRA_CA_CERTS/);
    assert.equal(unconnected.requests.length, 1, 'trust does not come back by trying again');
  });
});
