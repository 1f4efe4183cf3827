import { globalAgent as httpAgent, request as requestHttp } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { globalAgent as httpsAgent, request as requestHttps } from 'node:https';
import { addAbortSignal } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import type { PipelineRequest } from '@azure/core-rest-pipeline';

/** As long as Node's own agents keep a connection that nobody uses; no service and no proxy closes one earlier. */
const idleMs = 5_000;

interface Kept {
  /** Absent where Node's own agent keeps connections. */
  readonly agent: Agent | undefined;
  readonly idle: NodeJS.Timeout;
  /** What TLS needs to take up its last session: certificates are then not exchanged and checked once more. */
  session: Buffer | undefined;
  /** True as soon as a connection was brought about in this way. */
  isProven: boolean;
  /** Requests that have a connection, or soon will, and nothing to ask yet. */
  readonly ahead: Set<ClientRequest>;
}

/**
 * Sends requests through node:https, so that proxy and CA settings of VS Code apply, and keeps connections open in between.
 *
 * Behind a proxy nobody else would: VS Code makes an agent without keep-alive for each request (microsoft/vscode#243482), and so
 * does the SDKs' proxy policy for each pipeline; each request then costs three more round trips (tunnel, TCP, TLS). But VS Code
 * takes an agent that it made itself as it is, so the first one of each host is kept and given again. Further connections take
 * up the TLS session of the first, as those of Node's own agents do.
 */
export class KeptConnections {
  readonly #kept = new Map<string, Kept>();
  /** By origin: how many connections are to be opened as soon as the first one shows how. */
  readonly #wanted = new Map<string, number>();

  /**
   * Opens connections to the host of an HTTPS address before anybody asks, as browsers do: who soon sends as many reads at once
   * does then not wait for the proxy, TCP and TLS. They are opened when a first request has brought its connection about, in the
   * way that it went, and closed after some seconds when nobody wanted them. What goes wrong with one is told to nobody.
   */
  openAhead(address: string, count: number): void {
    const { origin } = new URL(address);
    const kept = this.#kept.get(origin);
    if (kept?.isProven === true) {
      open(origin, kept, count);
    } else {
      this.#wanted.set(origin, count);
    }
  }

  /**
   * The answer as soon as its headers are there. What has `disableKeepAlive` gets a connection of its own.
   * @throws what node:https says when the connection fails; what the signal's abort makes of it.
   */
  send(request: PipelineRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(request.url);
    const kept = this.#kept.get(url.origin);
    kept?.idle.refresh();
    const agent = request.disableKeepAlive ? undefined : kept?.agent;
    return new Promise((resolve, reject) => {
      // The SDKs describe an agent by a few of its members.
      const sent = taken(url, request, kept, signal) ?? start(url, request, { agent: agent ?? (request.agent as Agent | undefined), session: kept?.session, signal });
      if (kept === undefined && !request.disableKeepAlive) {
        this.#keep(url, sent);
      }
      sent.once('response', resolve);
      sent.on('error', reject);
      sent.end(request.body);
    });
  }

  #keep({ origin, protocol }: URL, sent: ClientRequest): void {
    const used = agentOf(sent);
    // Node's own agents keep connections already, and others use them too.
    const agent = used === httpsAgent || used === httpAgent ? undefined : used;
    const idle = setTimeout(() => {
      this.#kept.delete(origin);
      this.#wanted.delete(origin);
      for (const request of kept.ahead) {
        request.destroy();
      }
      if (agent !== undefined) {
        close(agent);
      }
    }, idleMs);
    const kept: Kept = { agent, idle: idle.unref(), session: undefined, isProven: false, ahead: new Set() };
    if (agent !== undefined) {
      // Agents of npm's agent-base look through the stack for the protocol when they are not told it.
      Object.assign(agent, { keepAlive: true, protocol });
    }
    sent.once('socket', (socket) => {
      socket.on('session', (session: Buffer) => {
        kept.session = session;
        this.#proven(origin, kept);
      });
      if (!(socket instanceof TLSSocket) || !socket.connecting) {
        this.#proven(origin, kept);
        return;
      }
      socket.once('secureConnect', () => {
        // A session that is taken up again is not told anew.
        if (socket.isSessionReused()) {
          this.#proven(origin, kept);
        }
      });
    });
    this.#kept.set(origin, kept);
  }

  #proven(origin: string, kept: Kept): void {
    kept.isProven = true;
    const wanted = this.#wanted.get(origin);
    if (wanted !== undefined) {
      this.#wanted.delete(origin);
      open(origin, kept, wanted);
    }
  }
}

/** Has as many requests ready; those that an agent has a free connection for take that. */
function open(origin: string, { agent, session, ahead }: Kept, count: number): void {
  const { protocol, hostname, port } = new URL(origin);
  while (ahead.size < count) {
    const request = requestHttps({ protocol, hostname, port, headers: { Connection: 'keep-alive' }, ...(agent === undefined ? {} : { agent }), ...(session === undefined ? {} : { session }) });
    ahead.add(request);
    request.once('socket', (socket) => {
      // Nobody waits for it, so it keeps no process alive.
      if (ahead.has(request)) {
        socket.unref();
      }
    });
    request.on('error', () => ahead.delete(request));
    request.once('close', () => ahead.delete(request));
  }
}

/** A request that was opened ahead, with the question in it; Node writes its first line and headers when it is ended. */
function taken(url: URL, request: PipelineRequest, kept: Kept | undefined, signal: AbortSignal): ClientRequest | undefined {
  const [ahead] = request.method === 'GET' && !request.disableKeepAlive ? (kept?.ahead ?? []) : [];
  if (kept === undefined || ahead === undefined) {
    return undefined;
  }
  kept.ahead.delete(ahead);
  ahead.socket?.ref();
  ahead.path = `${url.pathname}${url.search}`;
  for (const [name, value] of Object.entries(request.headers.toJSON({ preserveCase: true }))) {
    ahead.setHeader(name, value);
  }
  return addAbortSignal(signal, ahead);
}

/** Ends what is idle now, and the rest as soon as it is. */
function close(agent: Agent): void {
  Object.assign(agent, { keepAlive: false });
  for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
    socket.destroy();
  }
}

interface Way {
  readonly agent: Agent | undefined;
  readonly session: Buffer | undefined;
  readonly signal: AbortSignal;
}

function start(url: URL, request: PipelineRequest, { agent, session, signal }: Way): ClientRequest {
  const { body, method } = request;
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new TypeError('Only text is sent.');
  }
  const own = {
    ...(typeof body === 'string' ? { 'Content-Length': Buffer.byteLength(body) } : {}),
    // Node takes it from the agent, which says no the first time.
    ...(request.disableKeepAlive ? {} : { Connection: 'keep-alive' }),
  };
  const options: RequestOptions & Pick<ConnectionOptions, 'session'> = {
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method,
    headers: { ...request.headers.toJSON({ preserveCase: true }), ...own },
    signal,
    ...(agent === undefined ? {} : { agent }),
    ...(session === undefined ? {} : { session }),
  };
  return url.protocol === 'https:' ? requestHttps(options) : requestHttp(options);
}

/** The agent that a request really goes out with; Node has the property, but its types do not. */
function agentOf(sent: ClientRequest): Agent | undefined {
  return 'agent' in sent && typeof sent.agent === 'object' && sent.agent !== null && 'freeSockets' in sent.agent ? (sent.agent as Agent) : undefined;
}
