import { globalAgent as httpAgent, request as requestHttp } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { globalAgent as httpsAgent, request as requestHttps } from 'node:https';
import type { PipelineRequest } from '@azure/core-rest-pipeline';

/** As long as Node's own agents keep a connection that nobody uses; no service and no proxy closes one earlier. */
const idleMs = 5_000;

interface Kept {
  readonly agent: Agent;
  readonly idle: NodeJS.Timeout;
}

/**
 * Sends requests through node:https, so that proxy and CA settings of VS Code apply, and keeps connections open in between.
 *
 * Behind a proxy nobody else would: VS Code makes an agent without keep-alive for each request (microsoft/vscode#243482), and so
 * does the SDKs' proxy policy for each pipeline; each request then costs three more round trips (tunnel, TCP, TLS). But VS Code
 * takes an agent that it made itself as it is, so the first one of each host is kept and given again.
 */
export class KeptConnections {
  readonly #kept = new Map<string, Kept>();

  /**
   * The answer as soon as its headers are there. What has `disableKeepAlive` gets a connection of its own.
   * @throws what node:https says when the connection fails; what the signal's abort makes of it.
   */
  send(request: PipelineRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(request.url);
    const kept = request.disableKeepAlive ? undefined : this.#kept.get(url.origin);
    kept?.idle.refresh();
    return new Promise((resolve, reject) => {
      // The SDKs describe an agent by a few of its members.
      const sent = start(url, request, kept?.agent ?? (request.agent as Agent | undefined), signal);
      if (kept === undefined && !request.disableKeepAlive) {
        this.#keep(url.origin, sent);
      }
      sent.once('response', resolve);
      sent.on('error', reject);
      sent.end(request.body);
    });
  }

  #keep(origin: string, sent: ClientRequest): void {
    const agent = agentOf(sent);
    // Node's own agents keep connections already, and others use them too.
    if (agent === undefined || agent === httpsAgent || agent === httpAgent) {
      return;
    }
    Object.assign(agent, { keepAlive: true });
    const idle = setTimeout(() => {
      this.#kept.delete(origin);
      Object.assign(agent, { keepAlive: false });
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        socket.destroy();
      }
    }, idleMs);
    this.#kept.set(origin, { agent, idle: idle.unref() });
  }
}

function start(url: URL, request: PipelineRequest, agent: Agent | undefined, signal: AbortSignal): ClientRequest {
  const { body, method } = request;
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new TypeError('Only text is sent.');
  }
  const own = {
    ...(typeof body === 'string' ? { 'Content-Length': Buffer.byteLength(body) } : {}),
    // Node takes it from the agent, which says no the first time.
    ...(request.disableKeepAlive ? {} : { Connection: 'keep-alive' }),
  };
  const options: RequestOptions = {
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method,
    headers: { ...request.headers.toJSON({ preserveCase: true }), ...own },
    signal,
    ...(agent === undefined ? {} : { agent }),
  };
  return url.protocol === 'https:' ? requestHttps(options) : requestHttp(options);
}

/** The agent that a request really goes out with; Node has the property, but its types do not. */
function agentOf(sent: ClientRequest): Agent | undefined {
  return 'agent' in sent && typeof sent.agent === 'object' && sent.agent !== null && 'freeSockets' in sent.agent ? (sent.agent as Agent) : undefined;
}
