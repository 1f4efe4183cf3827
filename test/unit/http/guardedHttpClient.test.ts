import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { guardedHttpClient } from '../../../src/http/guardedHttpClient.ts';
import { refusalOf } from '../azure/cloudClient.ts';

const body = JSON.stringify({ value: 'x'.repeat(2_000) });

describe('the HTTP client', () => {
  let server: Server;
  let answer: RequestListener;
  let url: string;
  before(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/some/path?query=secret` : assert.fail();
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  function send(limits: { silenceMs?: number; maxBytes?: number } = {}, abortSignal?: AbortSignal): Promise<PipelineResponse> {
    const client = guardedHttpClient({ silenceMs: 1_500, maxBytes: 100_000, ...limits });
    const headers = createHttpHeaders({ 'accept-encoding': 'gzip,deflate' });
    return client.sendRequest(createPipelineRequest({ url, headers, allowInsecureConnection: true, ...(abortSignal === undefined ? {} : { abortSignal }) }));
  }

  it('gives the whole text, also of a compressed answer, and leaves the request as it was', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    };
    const response = await send();
    assert.equal(response.bodyAsText, body);
    assert.equal(response.readableStreamBody, undefined);
    assert.equal(response.request.streamResponseStatusCodes, undefined);
    assert.equal(response.request.abortSignal, undefined);
  });

  it('waits as long as something comes', async () => {
    answer = (_request, response) => {
      const parts = ['a', 'b', 'c', 'd', 'e', 'f'];
      const writeNext = (): void => {
        response.write(parts.shift());
        setTimeout(parts.length === 0 ? () => response.end() : writeNext, 400);
      };
      writeNext();
    };
    assert.equal((await send()).bodyAsText, 'abcdef');
  });

  const broken: readonly { readonly when: string; readonly listener: RequestListener; readonly code: string; readonly serviceCode: string }[] = [
    { when: 'nothing comes', listener: () => undefined, code: 'unavailable', serviceCode: 'NO_ANSWER' },
    {
      when: 'the answer stops coming',
      listener: (_request, response) => {
        response.writeHead(200).write('{');
      },
      code: 'unavailable',
      serviceCode: 'NO_ANSWER',
    },
    {
      when: 'a compressed answer breaks off',
      listener: (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync(body).subarray(0, 20), () => response.destroy());
      },
      code: 'badAnswer',
      serviceCode: 'ANSWER_CUT_OFF',
    },
    {
      when: 'a compressed answer ends too early',
      listener: (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body).subarray(0, 20));
      },
      code: 'badAnswer',
      serviceCode: 'ANSWER_CUT_OFF',
    },
    {
      when: 'the answer breaks off',
      listener: (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy());
      },
      code: 'badAnswer',
      serviceCode: 'ANSWER_CUT_OFF',
    },
    {
      when: 'the answer does not end',
      listener: (_request, response) => {
        response.writeHead(200).end('x'.repeat(200_000));
      },
      code: 'badAnswer',
      serviceCode: 'ANSWER_TOO_LARGE',
    },
    {
      when: 'little becomes much by decompression',
      listener: (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000_000)));
      },
      code: 'badAnswer',
      serviceCode: 'ANSWER_TOO_LARGE',
    },
  ];
  for (const { when, listener, code, serviceCode } of broken) {
    it(`ends clearly when ${when}`, async () => {
      answer = listener;
      const error = await refusalOf(send());
      assert.equal(error.code, code);
      assert.equal(error.details.serviceCode, serviceCode);
      assert.equal(error.details.path, '/some/path');
    });
  }

  it('ends in the middle of an answer when canceled', async () => {
    const controller = new AbortController();
    answer = (_request, response) => {
      response.writeHead(200).write('{', () => controller.abort());
    };
    await assert.rejects(send({ silenceMs: 5_000 }, controller.signal), { name: 'AbortError' });
  });

  describe('where each request comes with an agent that keeps no connection, as in VS Code', () => {
    const ports: (number | undefined)[] = [];
    const agent = new Agent();
    const client = guardedHttpClient({ silenceMs: 1_500, maxBytes: 100_000 });
    const request = (options: { readonly disableKeepAlive?: boolean; readonly agent?: Agent } = {}): Promise<PipelineResponse> =>
      client.sendRequest(Object.assign(createPipelineRequest({ url, allowInsecureConnection: true }), { agent: new Agent(), ...options }));
    beforeEach(() => {
      ports.length = 0;
      answer = ({ socket }, response) => {
        ports.push(socket.remotePort);
        response.writeHead(200).end('{}');
      };
    });

    it('uses the connection of the first for those that follow', async () => {
      await request({ agent });
      await request();
      await request();
      assert.equal(new Set(ports).size, 1);
    });

    it('opens as many as there are requests at once, and uses them again', async () => {
      for (let round = 0; round < 2; round += 1) {
        await Promise.all([request(), request(), request()]);
      }
      assert.equal(new Set(ports).size, 3);
    });

    it('gives a request that must not meet a connection in the moment of its end one of its own', async () => {
      await request();
      await request({ disableKeepAlive: true });
      await request();
      const [first, own, last] = ports;
      assert.notEqual(own, first);
      assert.equal(last, first);
    });

    it('opens another one when it was closed from afar', async () => {
      await request();
      const kept = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
      const closed = Promise.all(kept.map((socket) => once(socket, 'close')));
      server.closeIdleConnections();
      await closed;
      await request();
      assert.equal(new Set(ports).size, 2);
    });
  });

  it('sends nothing without TLS unless it was allowed on purpose', async () => {
    const client = guardedHttpClient({ silenceMs: 200, maxBytes: 100 });
    const error = await refusalOf(client.sendRequest(createPipelineRequest({ url })));
    assert.match(error.message, /without TLS/);
  });
});
