import { globalAgent as httpAgent, request as requestHttp } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { globalAgent as httpsAgent, request as requestHttps } from 'node:https';
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
      const sent = start(url, request, { agent: agent ?? (request.agent as Agent | undefined), session: kept?.session, signal });
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
      if (agent !== undefined) {
        close(agent);
      }
    }, idleMs);
    const kept: Kept = { agent, idle: idle.unref(), session: undefined };
    if (agent !== undefined) {
      // Agents of npm's agent-base look through the stack for the protocol when they are not told it.
      Object.assign(agent, { keepAlive: true, protocol });
    }
    sent.once('socket', (socket) => {
      socket.on('session', (session: Buffer) => {
        kept.session = session;
      });
    });
    this.#kept.set(origin, kept);
  }
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
