import { once } from 'node:events';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { getLocal } from 'mockttp';
import type { CompletedRequest, requestSteps } from 'mockttp';
import { handleControl, controlHostName } from './control/controlHost.ts';
import type { ControlledCloud } from './control/controlHost.ts';
import type { CloudRequest, CloudResponse, Outcome } from './exchange.ts';
import { handleRequest } from './handle.ts';
import type { LogEntry } from './requestLog.ts';

type CallbackResponseResult = requestSteps.CallbackResponseResult;

/** A proxy that listens. */
export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

async function readRequest(request: CompletedRequest): Promise<CloudRequest> {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]));
  const connection = request.remotePort === undefined ? {} : { connection: request.remotePort };
  return { method: request.method, url: new URL(request.url), headers, body: (await request.body.getText()) ?? '', ...connection, arrivedAt: request.timingEvents.startTimestamp };
}

/** The body as it travels. */
function bytesOf({ headers, body, gzipped }: CloudResponse): Buffer {
  return headers['content-encoding'] === 'gzip' ? (gzipped ?? gzipSync(body)) : Buffer.from(body);
}

function whole(response: CloudResponse): CallbackResponseResult {
  const { status, headers, body } = response;
  const length = body === '' && status !== 204 && headers['content-length'] === undefined ? { 'content-length': '0' } : {};
  return { statusCode: status, headers: { ...headers, ...length }, ...(body === '' ? {} : { rawBody: bytesOf(response) }) };
}

function half(response: CloudResponse): CallbackResponseResult {
  const { status, headers } = response;
  const bytes = bytesOf(response);
  // The announced length is the whole one; closing the connection is what tells the client that the rest will not come.
  return { statusCode: status, headers: { ...headers, 'content-length': String(bytes.length), connection: 'close' }, rawBody: bytes.subarray(0, Math.floor(bytes.length / 2)) };
}

/** A port that is free now. mockttp's own search always begins at 8000, where clouds of several processes would meet. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Starts mockttp as an HTTPS-intercepting proxy in front of the cloud: every request for any host ends here,
 * none is ever passed on.
 */
export async function startProxy(cloud: ControlledCloud, ca: { readonly key: string; readonly cert: string }, port: number): Promise<Proxy> {
  const server = getLocal({ https: ca, http2: false, recordTraffic: false, suggestChanges: false });
  const running = new Map<string, LogEntry>();
  let breakSilences: (result: CallbackResponseResult) => void = () => undefined;
  const stopped = new Promise<CallbackResponseResult>((resolve) => {
    breakSilences = resolve;
  });

  const toResult = (outcome: Outcome): CallbackResponseResult | Promise<CallbackResponseResult> => {
    switch (outcome.kind) {
      case 'answer':
        return whole(outcome.response);
      case 'halfBody':
        return half(outcome.response);
      case 'reset':
        return 'reset';
      case 'silence':
        return stopped;
    }
  };

  await server.forAnyRequest().thenCallback(async (received) => {
    // mockttp listens on every interface; the cloud is for this machine only.
    if (!/^(?:::ffff:)?127\.|^::1$/u.test(received.remoteIpAddress ?? '')) {
      return 'reset';
    }
    const request = await readRequest(received);
    if ([controlHostName, '127.0.0.1', 'localhost'].includes(request.url.hostname)) {
      return whole(await handleControl(cloud, request));
    }
    const { world } = cloud;
    try {
      return await toResult(await handleRequest(world, request, (entry) => running.set(received.id, entry)));
    } finally {
      running.delete(received.id);
    }
  });
  await server.on('abort', ({ id }) => {
    const entry = running.get(id);
    if (entry !== undefined) {
      cloud.world.log.abort(entry);
    }
  });
  await server.on('tls-client-error', ({ tlsMetadata }) => {
    // A client that does not trust the CA never gets to send a request; for a foreign host that is worth knowing all the same.
    cloud.world.noteRefusedHandshake(tlsMetadata.sniHostname);
  });
  await server.start(port === 0 ? await freePort() : port);
  return {
    port: server.port,
    stop: async () => {
      cloud.world.clock.wakeAll();
      breakSilences('reset');
      await server.stop();
    },
  };
}
