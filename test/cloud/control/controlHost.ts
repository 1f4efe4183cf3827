import * as v from 'valibot';
import { audienceOfScope } from '../entra/tokenAudiences.ts';
import { entraErrorResponse } from '../entra/entraErrors.ts';
import { userToken } from '../entra/userSignIn.ts';
import { jsonResponse, parseJson } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import { serviceAccountToken } from '../oidc/serviceAccountTokens.ts';
import type { World } from '../world.ts';
import { clockSchema, faultSchema, revokeSchema, resetSchema, serviceAccountSchema, servicePrincipalSchema, settingsSchema, userTokenSchema } from './controlSchemas.ts';
import type { ResetRequest } from './controlSchemas.ts';
import { handleState, stateCalls } from './stateCalls.ts';

/** The host name behind the proxy. Requests straight to the proxy's own address reach it too. */
export const controlHostName = 'control.localcloud';

/** What the control host needs: the world of the moment, and a way to put another in its place. */
export interface ControlledCloud {
  readonly world: World;
  reset(request: ResetRequest): void;
}

type Handler = (cloud: ControlledCloud, request: CloudRequest) => CloudResponse | Promise<CloudResponse>;

const done: CloudResponse = { status: 204, headers: {}, body: '' };

function bodyOf<T>(schema: v.GenericSchema<unknown, T>, request: CloudRequest): T {
  const body = request.body === '' ? {} : parseJson(request.body);
  if (body === undefined) {
    throw new SyntaxError(`The body is not JSON: ${request.body.slice(0, 100)}`);
  }
  return v.parse(schema, body);
}

async function mintUserToken({ world }: ControlledCloud, request: CloudRequest): Promise<CloudResponse> {
  const answer = await userToken(world, bodyOf(userTokenSchema, request));
  return 'error' in answer ? entraErrorResponse(answer.error, world.clock, request.headers['client-request-id'] ?? '00000000-0000-0000-0000-000000000000') : jsonResponse(200, answer);
}

async function mintServicePrincipalToken({ world }: ControlledCloud, request: CloudRequest): Promise<CloudResponse> {
  const { clientId, scope, expiresInSeconds } = bodyOf(servicePrincipalSchema, request);
  const app = world.directory.apps.find((known) => known.clientId === clientId);
  const identity = world.resources.identityByClientId(clientId);
  const objectId = app?.objectId ?? identity?.principalId;
  const tenantId = app?.tenantId ?? identity?.tenantId;
  if (objectId === undefined || tenantId === undefined) {
    return jsonResponse(404, { error: `No app or identity has the client id ${clientId}.` });
  }
  const audience = audienceOfScope(scope ?? 'https://management.azure.com/.default') ?? '';
  return jsonResponse(200, await world.accessTokens.mint({ tenantId, objectId, applicationId: clientId, mfa: false }, audience, expiresInSeconds));
}

async function mintServiceAccountToken({ world }: ControlledCloud, request: CloudRequest): Promise<CloudResponse> {
  const { issuer, signedBy = issuer, ...wanted } = bodyOf(serviceAccountSchema, request);
  const key = await world.issuers.key(signedBy);
  return key === undefined ? jsonResponse(404, { error: `The world has no issuer ${signedBy}.` }) : jsonResponse(200, await serviceAccountToken(key, world.clock.now(), { issuer, ...wanted }));
}

function listAccounts({ world }: ControlledCloud): CloudResponse {
  const { accounts, tenants } = world.directory;
  const value = accounts.map((account) => ({
    id: account.id,
    label: account.label,
    displayName: account.displayName,
    homeTenant: account.memberships[0]?.tenantId,
    tenants: account.memberships.map((membership) => ({ id: membership.tenantId, displayName: tenants.get(membership.tenantId)?.displayName, needsMfa: membership.needsMfa })),
  }));
  return jsonResponse(200, { accounts: value });
}

function revokeSessions({ world }: ControlledCloud, request: CloudRequest): CloudResponse {
  const { account: named, tokens } = bodyOf(revokeSchema, request);
  const account = world.directory.findAccount(named);
  if (account === undefined) {
    return jsonResponse(404, { error: `The world has no account ${named}.` });
  }
  const session = world.directory.session(account);
  session.revokedAt = world.clock.now();
  session.mfaTenants.clear();
  if (tokens === true) {
    session.generation += 1;
  }
  return done;
}

function moveClock({ world }: ControlledCloud, request: CloudRequest): CloudResponse {
  const { advanceMs, set, frozen } = bodyOf(clockSchema, request);
  if (frozen !== undefined) {
    if (frozen) {
      world.clock.freeze();
    } else {
      world.clock.flow();
    }
  }
  if (set !== undefined) {
    world.clock.set(set);
  }
  world.clock.advance(advanceMs ?? 0);
  return jsonResponse(200, { now: world.clock.now() });
}

function describeWorld({ world }: ControlledCloud): CloudResponse {
  const { directory, resources, issuers, astro } = world;
  return jsonResponse(200, {
    now: world.clock.now(),
    settings: world.settings,
    tenants: [...directory.tenants.values()],
    subscriptions: resources.subscriptions().map(({ id, tenantId, displayName, state }) => ({ id, tenantId, displayName, state })),
    issuers: issuers.urls(),
    organizations: astro.organizations,
    deployments: astro.deployments.length,
  });
}

const handlers: Readonly<Record<string, Handler>> = {
  'POST /tokens/user': mintUserToken,
  'POST /tokens/servicePrincipal': mintServicePrincipalToken,
  'POST /tokens/serviceAccount': mintServiceAccountToken,
  'GET /accounts': listAccounts,
  'POST /sessions/revoke': revokeSessions,
  'POST /faults': ({ world }, request) => {
    world.faults.add(bodyOf(faultSchema, request));
    return done;
  },
  'DELETE /faults': ({ world }) => {
    world.faults.clear();
    return done;
  },
  'POST /settings': ({ world }, request) => {
    Object.assign(world.settings, bodyOf(settingsSchema, request));
    return jsonResponse(200, world.settings);
  },
  'POST /clock': moveClock,
  'GET /log': ({ world }) => jsonResponse(200, { entries: world.log.entries }),
  'DELETE /log': ({ world }) => {
    world.log.clear();
    world.refused.length = 0;
    return done;
  },
  'GET /refused': ({ world }) => jsonResponse(200, { hosts: world.refusedHosts, requests: world.refused }),
  'GET /world': describeWorld,
  'POST /reset': (cloud, request) => {
    cloud.reset(bodyOf(resetSchema, request));
    return done;
  },
};

const stateHandler: Handler = ({ world }, request) => handleState(world, request, bodyOf) ?? noSuchCall();

function noSuchCall(): CloudResponse {
  const calls = [...Object.keys(handlers), ...stateCalls];
  return jsonResponse(404, { error: `No such call. There are: ${calls.join(', ')}` });
}

/** Answers for the control host; docs/localCloud.md says how to use it. Its requests are not part of the world's log. */
export async function handleControl(cloud: ControlledCloud, request: CloudRequest): Promise<CloudResponse> {
  const handler = request.url.pathname.startsWith('/state/') ? stateHandler : handlers[`${request.method} ${request.url.pathname}`];
  if (handler === undefined) {
    return noSuchCall();
  }
  try {
    return await handler(cloud, request);
  } catch (error) {
    if (v.isValiError(error) || error instanceof SyntaxError) {
      return jsonResponse(400, { error: error.message });
    }
    throw error;
  }
}
