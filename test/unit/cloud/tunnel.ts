import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { Cloud } from '../../cloud/startCloud.ts';

/** What came back through the proxy. */
export interface TunnelReply {
  readonly status: number;
  readonly text: string;
  /** How the text was compressed on the way. */
  readonly encoding: string | undefined;
}

async function openTunnel(cloud: Cloud, host: string): Promise<TLSSocket> {
  const { hostname, port } = new URL(cloud.proxyUrl);
  const connecting = request({ hostname, port, method: 'CONNECT', path: `${host}:443`, agent: false });
  connecting.end();
  const [, socket] = (await once(connecting, 'connect')) as [IncomingMessage, Duplex];
  const secure = connect({ socket, servername: host, ca: readFileSync(cloud.caPath) });
  await once(secure, 'secureConnect');
  return secure;
}

/** One HTTPS request through the cloud's proxy, as any client of a company network sends it. Rejects when the connection breaks. */
export async function requestThrough(cloud: Cloud, method: string, url: string, options: { token?: string; signal?: AbortSignal; headers?: Readonly<Record<string, string>> } = {}): Promise<TunnelReply> {
  const { hostname, pathname, search } = new URL(url);
  const socket = await openTunnel(cloud, hostname);
  const headers = { ...options.headers, ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }) };
  try {
    return await new Promise((resolve, reject) => {
      const outgoing = secureRequest({ createConnection: () => socket, host: hostname, method, path: `${pathname}${search}`, headers: { ...headers, connection: 'close' }, ...(options.signal === undefined ? {} : { signal: options.signal }) }, (incoming) => {
        const chunks: Buffer[] = [];
        const encoding = incoming.headers['content-encoding'];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: incoming.statusCode ?? 0, text: String(encoding === 'gzip' ? gunzipSync(bytes) : bytes), encoding });
        });
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  } finally {
    socket.destroy();
  }
}
