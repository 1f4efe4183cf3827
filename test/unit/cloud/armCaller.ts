import type { World } from '../../cloud/world.ts';
import { handleRequest } from '../../cloud/handle.ts';
import { parseJson } from '../../cloud/exchange.ts';
import type { CloudResponse } from '../../cloud/exchange.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { userToken } from '../../cloud/entra/userSignIn.ts';

/** An answer with its JSON body read. */
export interface ArmReply extends CloudResponse {
  readonly json: Record<string, unknown>;
}

/** Sends one request into the world and expects an answer. */
export async function send(world: World, method: string, url: string, options: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {}): Promise<ArmReply> {
  const authorization = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const body = typeof options.body === 'string' ? options.body : options.body === undefined ? '' : JSON.stringify(options.body);
  const outcome = await handleRequest(world, { method, url: new URL(url), headers: { ...options.headers, ...authorization }, body });
  if (outcome.kind !== 'answer') {
    throw new Error(`${method} ${url} ended in ${outcome.kind}`);
  }
  return { ...outcome.response, json: (parseJson(outcome.response.body) ?? {}) as Record<string, unknown> };
}

/** A user's ARM token; fails where Entra would not give one. */
export async function armToken(world: World, options: { account?: string; tenant?: string; expiresInSeconds?: number; interactive?: boolean; claims?: string; scopes?: readonly string[] } = {}): Promise<string> {
  const answer = await userToken(world, { account: options.account ?? sample.accounts.dana.label, ...options });
  if ('error' in answer) {
    throw new Error(answer.error.text);
  }
  return answer.accessToken;
}

/** Calls ARM as one signed-in user: paths without host, one API version. */
export class ArmCaller {
  readonly #world: World;
  readonly #token: string;
  readonly #apiVersion: string;

  constructor(world: World, token: string, apiVersion = '2024-11-30') {
    this.#world = world;
    this.#token = token;
    this.#apiVersion = apiVersion;
  }

  /** Sends a request for a path that may have a query. */
  call(method: string, path: string, body?: unknown, apiVersion = this.#apiVersion): Promise<ArmReply> {
    const separator = path.includes('?') ? '&' : '?';
    return send(this.#world, method, `https://management.azure.com${path}${separator}api-version=${apiVersion}`, { token: this.#token, body });
  }
}

/** Code and message of an ARM error body; empty texts where it is none. */
export function armError(reply: ArmReply): { code: string; message: string } {
  const error = (reply.json['error'] ?? {}) as { code?: string; message?: string };
  return { code: error.code ?? '', message: error.message ?? '' };
}

/** ARM path of an identity of the sample world in Contoso's production subscription. */
export function prodIdentityPath(name: string, group: string = sample.groups.airflow): string {
  return `/subscriptions/${sample.subscriptions.production}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

/** Body of a federated credential. */
export function credentialOf(issuer: string, subject: string, audience = 'api://AzureADTokenExchange'): object {
  return { properties: { issuer, subject, audiences: [audience] } };
}
