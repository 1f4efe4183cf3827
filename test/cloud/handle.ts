import { handleArm } from './arm/armHost.ts';
import { handleAstro } from './astro/astroHost.ts';
import { handleBlob } from './blob/blobHost.ts';
import { handleEntra } from './entra/entraHost.ts';
import { jsonResponse } from './exchange.ts';
import type { CloudRequest, CloudResponse, HostResult, Outcome } from './exchange.ts';
import type { FaultEffect } from './faults.ts';
import { handleKeyVault } from './keyVault/keyVaultHost.ts';
import { handleKubernetes } from './kubernetes/kubernetesHost.ts';
import type { LogEntry } from './requestLog.ts';
import type { World } from './world.ts';
import { worldHostKind } from './worldHosts.ts';
import type { WorldHostKind } from './worldHosts.ts';

type HostHandler = (world: World, request: CloudRequest, entry: LogEntry) => HostResult | Promise<HostResult>;

const handlers: Record<WorldHostKind, HostHandler> = {
  arm: handleArm,
  entra: handleEntra,
  astro: handleAstro,
  blob: handleBlob,
  keyVault: handleKeyVault,
  kubernetes: handleKubernetes,
  issuer: (world, request) => world.issuers.handle(request),
};

/** What a client gets from a host that is not part of the world; the status of a company proxy that does not let it through. */
function refuse(world: World, request: CloudRequest): CloudResponse {
  world.refused.push({ host: request.url.hostname, method: request.method, path: request.url.pathname });
  return { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `The local cloud has no host ${request.url.hostname}.\n` };
}

function settle(result: HostResult): Outcome {
  return result === 'reset' ? { kind: 'reset' } : { kind: 'answer', response: result };
}

function faultAnswer(effect: Extract<FaultEffect, { kind: 'answer' | 'html' }>): CloudResponse {
  if (effect.kind === 'html') {
    return { status: effect.status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: effect.html };
  }
  if (effect.body === undefined) {
    return { status: effect.status, headers: { 'content-length': '0', ...effect.headers }, body: '' };
  }
  return jsonResponse(effect.status, effect.body, effect.headers);
}

async function outcomeOf(world: World, request: CloudRequest, handler: HostHandler, entry: LogEntry): Promise<Outcome> {
  const effect = world.faults.take(request);
  entry.faulted = effect !== undefined;
  if (effect !== undefined && 'acted' in effect && (effect.acted ?? false)) {
    await handler(world, request, entry);
  }
  switch (effect?.kind) {
    case 'answer':
    case 'html':
      return { kind: 'answer', response: faultAnswer(effect) };
    case 'reset':
    case 'silence':
      return { kind: effect.kind };
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, effect.ms));
      return settle(await handler(world, request, entry));
    case 'resetAfter':
      await handler(world, request, entry);
      return { kind: 'reset' };
    case 'halfBody': {
      const result = await handler(world, request, entry);
      return result === 'reset' ? { kind: 'reset' } : { kind: 'halfBody', response: result };
    }
    case undefined:
      return settle(await handler(world, request, entry));
  }
}

/**
 * One request into the world, its outcome out of it; logged. Works without any socket.
 * `onStart` gets the log entry as soon as there is one, for who notices that the client leaves.
 */
export async function handleRequest(world: World, request: CloudRequest, onStart?: (entry: LogEntry) => void): Promise<Outcome> {
  const entry = world.log.begin(request);
  onStart?.(entry);
  // What the proxy took to read the request is no part of a network's round trip.
  const restMs = (request.arrivedAt ?? performance.now()) + world.settings.latencyMs - performance.now();
  if (world.settings.latencyMs > 0 && restMs > 0) {
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  const kind = worldHostKind(request.url.hostname);
  let outcome: Outcome = { kind: 'reset' };
  try {
    // Everything in the world is behind TLS; plain HTTP to a real host would send its token in clear text.
    outcome =
      kind === undefined || request.url.protocol !== 'https:'
        ? { kind: 'answer', response: refuse(world, request) }
        : await outcomeOf(world, request, handlers[kind], entry);
  } finally {
    world.log.end(entry, outcome.kind, outcome.kind === 'answer' || outcome.kind === 'halfBody' ? outcome.response.status : undefined);
  }
  return outcome;
}
