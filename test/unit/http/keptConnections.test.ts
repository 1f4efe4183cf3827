import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpMethods } from '@azure/core-rest-pipeline';
import { generateCACertificate } from 'mockttp';
import { KeptConnections } from '../../../src/http/keptConnections.ts';

describe('connections that are opened ahead', () => {
  let server: Server;
  let answer: RequestListener;
  let origin: string;
  let ca: string;
  /** The first of each test; each request comes with one of its own, as in VS Code. */
  let agent: Agent;
  let connections: KeptConnections;
  /** All that were opened, in the order they came. */
  const opened: Socket[] = [];

  before(async () => {
    const { key, cert } = await generateCACertificate();
    server = createServer({ key, cert }, (request, response) => answer(request, response)).listen(0, '127.0.0.1');
    server.on('secureConnection', (socket) => opened.push(socket));
    await once(server, 'listening');
    const address = server.address();
    origin = typeof address === 'object' && address !== null ? `https://127.0.0.1:${address.port}` : assert.fail();
    ca = cert;
  });
  beforeEach(() => {
    opened.length = 0;
    agent = newAgent();
    connections = new KeptConnections();
    answer = ({ method, url, headers }, response) => {
      response.end(JSON.stringify([method, url, headers['x-what']]));
    };
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
  });
  after(() => server.close());

  /** A certificate of an authority itself names no host. */
  function newAgent(): Agent {
    return new Agent({ ca, checkServerIdentity: () => undefined });
  }

  async function untilOpened(count: number): Promise<void> {
    while (opened.length < count) {
      await once(server, 'secureConnection');
    }
  }

  function send(path: string, options: { readonly method?: HttpMethods; readonly disableKeepAlive?: boolean; readonly signal?: AbortSignal } = {}): Promise<IncomingMessage> {
    const { signal = new AbortController().signal, ...rest } = options;
    const request = createPipelineRequest({ url: `${origin}${path}`, headers: createHttpHeaders({ 'X-What': path.slice(1) }), ...rest });
    return connections.send(Object.assign(request, { agent: path === '/first' ? agent : newAgent() }), signal);
  }

  /** Sends the first request, and leaves it without an answer until as many connections are open. */
  async function openAhead(count: number): Promise<void> {
    connections.openAhead(origin, count);
    const answered = answer;
    answer = (request, response) => void untilOpened(count + 1).then(() => answered(request, response));
    await text(await send('/first'));
    answer = answered;
  }

  it('are open while the first request is still waiting for its answer, and serve those that follow', async () => {
    await openAhead(3);
    const answers = await Promise.all(['/a?b=1', '/c', '/d', '/e'].map(async (path) => JSON.parse(await text(await send(path))) as unknown));
    assert.deepEqual(answers, [['GET', '/a?b=1', 'a?b=1'], ['GET', '/c', 'c'], ['GET', '/d', 'd'], ['GET', '/e', 'e']]);
    assert.equal(opened.length, 4);
  });

  it('are no more than those that are missing', async () => {
    await openAhead(2);
    // Two are ready, the third is that of the first request, which is free now.
    connections.openAhead(origin, 3);
    connections.openAhead(origin, 4);
    await untilOpened(4);
    await Promise.all(['/a', '/b', '/c', '/d'].map(async (path) => text(await send(path))));
    assert.equal(opened.length, 4);
  });

  it('are not for writes, and not for what must have a connection of its own', async () => {
    await openAhead(1);
    assert.deepEqual(JSON.parse(await text(await send('/write', { method: 'PUT', disableKeepAlive: true }))), ['PUT', '/write', 'write']);
    assert.equal(opened.length, 3);
    await text(await send('/own', { disableKeepAlive: true }));
    assert.equal(opened.length, 4);
  });

  it('end a request that is canceled like any other', async () => {
    await openAhead(1);
    const controller = new AbortController();
    answer = () => controller.abort();
    await assert.rejects(send('/a', { signal: controller.signal }), { name: 'AbortError' });
  });

  it('may be closed from afar before anybody wants them', async () => {
    await openAhead(2);
    const sockets = [agent.sockets, agent.freeSockets].flatMap((of) => Object.values(of)).flatMap((of) => of ?? []);
    const closed = sockets.map((socket) => once(socket, 'close'));
    server.closeAllConnections();
    assert.equal((await Promise.all(closed)).length, 3);
    assert.deepEqual(JSON.parse(await text(await send('/a'))), ['GET', '/a', 'a']);
  });

  it('say nothing when they cannot be opened', async () => {
    connections.openAhead(origin, 2);
    answer = (_request, response) => {
      server.once('secureConnection', (socket) => {
        socket.destroy();
        response.end('there');
      });
    };
    assert.equal(await text(await send('/first')), 'there');
  });
});
