import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRecord, parseJson } from '../../cloud/exchange.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { ArmCaller, armToken, credentialOf, prodIdentityPath, send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';
import { exchange, serviceAccountToken } from './federatedClient.ts';
import { createTestWorld } from './testWorld.ts';

/** An error body of the real service and where it was read. */
interface KnownError {
  readonly http?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Entra's description without its trailer, where no whole body was found. */
  readonly message?: string;
  readonly error?: string;
}

type Scenario = () => Promise<ArmReply>;

function readErrors(name: string): KnownError[] {
  return parseJson(readFileSync(new URL(`../../cloud/errors/${name}`, import.meta.url), 'utf8')) as KnownError[];
}

/** What varies in a text: ids, quoted names, placeholders of its transcription, urls, moments. */
const variable = /\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|'[^']*'|<[^>]*>|https:\/\/\S+|\d{4}-\d\d-\d\dT[\d:.]+Z/u;

/** The wording of a known text: everything but what varies, to its end where it was quoted whole. */
function wording(text: string, whole: boolean): RegExp {
  const [said = ''] = text.split(/\s+Trace ID:|\s+\|\s+/u);
  const open = !whole || said.endsWith('…');
  const parts = said.replace(/\w*…$/u, '').split(new RegExp(`(${variable.source})`, 'u'));
  const source = parts.map((part, index) => (index % 2 === 0 ? part.replaceAll(/[.*+?^$()|[\]\\{}]/gu, String.raw`\$&`) : part.startsWith("'") ? "'[^']*'" : String.raw`\S+?`)).join('');
  return new RegExp(`^${source}${open ? '' : String.raw`(?:\s+Trace ID: .*)?$`}`, 'su');
}

async function contoso(world: World): Promise<ArmCaller> {
  return new ArmCaller(world, await armToken(world));
}

const { airflowProd, airflowDev, unsupportedRegion } = sample.identities;
const prod = prodIdentityPath(airflowProd.name);
const newSubject = credentialOf(sample.issuers.prod, 'system:serviceaccount:a:b');

const scope = `/subscriptions/${sample.subscriptions.development}`;

const graph = '/providers/Microsoft.ResourceGraph/resources';

function roleAssignment(name: string): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
}

function roleProperties(principalId: string): { principalId: string; principalType: string; roleDefinitionId: string } {
  return { principalId, principalType: 'ServicePrincipal', roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7` };
}

const armScenarios: Readonly<Record<string, Scenario>> = {
  ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: async () => {
    const arm = await contoso(createTestWorld({ serviceMs: 300 }));
    const both = await Promise.all(['first', 'second'].map((name) => arm.call('PUT', `${prod}/federatedIdentityCredentials/${name}`, credentialOf(sample.issuers.prod, name))));
    return both.find((reply) => reply.status !== 201) ?? assert.fail('both writes were taken');
  },
  Conflict: async () => (await contoso(createTestWorld())).call('PUT', `${prod}/federatedIdentityCredentials/other`, credentialOf(sample.issuers.prod, 'system:serviceaccount:weightless-diameter-8927:quality-checks')),
  'BadRequest/issuer': async () => (await contoso(createTestWorld())).call('PUT', `${prod}/federatedIdentityCredentials/abc`, { properties: { issuer: sample.issuers.prod } }),
  'BadRequest/Too many': async () => {
    const arm = await contoso(createTestWorld({ serviceMs: 0 }));
    const reporting = `${prodIdentityPath(sample.identities.reporting.name, sample.groups.analytics)}/federatedIdentityCredentials`;
    assert.equal((await arm.call('PUT', `${reporting}/twentieth`, newSubject)).status, 201);
    return arm.call('PUT', `${reporting}/twentyFirst`, credentialOf(sample.issuers.prod, 'system:serviceaccount:a:c'));
  },
  MethodNotAllowed: async () => (await contoso(createTestWorld())).call('PUT', `${prodIdentityPath(unsupportedRegion.name)}/federatedIdentityCredentials/abc`, newSubject),
  NotFound: async () => (await contoso(createTestWorld())).call('GET', `${prod}/federatedIdentityCredentials/missing`),
  ResourceNotFound: async () => (await contoso(createTestWorld())).call('GET', prodIdentityPath('missing')),
  ParentResourceNotFound: async () => (await contoso(createTestWorld())).call('PUT', `${prodIdentityPath('missing')}/federatedIdentityCredentials/abc`, newSubject),
  AuthorizationFailed: async () => {
    const world = createTestWorld();
    const arm = new ArmCaller(world, await armToken(world, { tenant: sample.tenants.fabrikam.id }));
    return arm.call('PUT', `/subscriptions/${sample.subscriptions.fabrikam}/resourceGroups/${sample.groups.fabrikam}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${sample.identities.fabrikamEtl.name}/federatedIdentityCredentials/abc`, newSubject);
  },
  InvalidAuthenticationTokenTenant: async () => {
    const world = createTestWorld();
    return new ArmCaller(world, await armToken(world, { tenant: sample.tenants.fabrikam.id })).call('GET', prod);
  },
  AuthenticationFailed: () => send(createTestWorld(), 'GET', `https://management.azure.com${prod}?api-version=2024-11-30`),
  SubscriptionRequestsThrottled: async () => {
    const arm = await contoso(createTestWorld({ armReads: { burst: 1, perSecond: 0.1 } }));
    await arm.call('GET', prod);
    return arm.call('GET', prod);
  },
  PrincipalNotFound: async () => {
    const { principalType: _left, ...properties } = roleProperties('5e4d3c2b-1a09-4f8e-9d7c-6b5a49382716');
    return (await contoso(createTestWorld())).call('PUT', roleAssignment('11111111-2222-4333-8444-555555555555'), { properties }, '2022-04-01');
  },
  RoleAssignmentExists: async () => {
    const arm = await contoso(createTestWorld());
    const body = { properties: roleProperties(airflowDev.principalId) };
    assert.equal((await arm.call('PUT', roleAssignment('11111111-2222-4333-8444-555555555555'), body, '2022-04-01')).status, 201);
    return arm.call('PUT', roleAssignment('66666666-2222-4333-8444-555555555555'), body, '2022-04-01');
  },
  RoleAssignmentUpdateNotPermitted: async () => {
    const arm = await contoso(createTestWorld());
    const path = roleAssignment('11111111-2222-4333-8444-555555555555');
    assert.equal((await arm.call('PUT', path, { properties: roleProperties(airflowDev.principalId) }, '2022-04-01')).status, 201);
    return arm.call('PUT', path, { properties: roleProperties(airflowProd.principalId) }, '2022-04-01');
  },
  RoleAssignmentNotFound: async () => (await contoso(createTestWorld())).call('GET', roleAssignment('11111111-2222-4333-8444-555555555555'), undefined, '2022-04-01'),
  RateLimiting: async () => {
    const arm = await contoso(createTestWorld({ graphQuota: { queries: 1, windowMs: 5000 } }));
    await arm.call('POST', graph, { query: 'resources' }, '2024-04-01');
    return arm.call('POST', graph, { query: 'resources' }, '2024-04-01');
  },
  InvalidQuery: async () => (await contoso(createTestWorld())).call('POST', graph, { query: 'resources | where name < 3' }, '2024-04-01'),
  'claims challenge': async () => (await contoso(createTestWorld({ writesNeedMfa: true }))).call('PUT', `${prod}/federatedIdentityCredentials/abc`, newSubject),
};

function codeAndMessage(body: unknown): { code: string; message: string } {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  return { code: String(error['code']), message: String(error['message']) };
}

/** Members and their order; of the details also their codes. */
function shape(body: unknown): unknown {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const details = Array.isArray(error['details']) ? error['details'].map((detail: unknown) => (isRecord(detail) ? [detail['code'], Object.keys(detail)] : [detail])) : [];
  return [isRecord(body) ? Object.keys(body) : body, Object.keys(error), details];
}

function scenarioName(known: KnownError): string {
  const { code, message } = codeAndMessage(known.body);
  if (known.body === null) {
    return 'claims challenge';
  }
  if (code !== 'BadRequest') {
    return code;
  }
  if (message.startsWith('Please provide')) {
    return 'InvalidQuery';
  }
  return message.startsWith('Too many') ? 'BadRequest/Too many' : 'BadRequest/issuer';
}

describe("ARM's error bodies", () => {
  const known = readErrors('arm-errors.json');
  for (const error of known) {
    const name = scenarioName(error);
    it(`${error.http ?? ''} ${name}: same status, shape, code and wording`, async () => {
      const scenario = armScenarios[name] ?? assert.fail(`no scenario makes ${name}`);
      const reply = await scenario();
      assert.ok(String(error.http).split(' or ').includes(String(reply.status)), `status ${reply.status}`);
      for (const [header, value] of Object.entries(error.headers ?? {})) {
        const plain = (text: string): string => text.replaceAll(/"[^"]*"|\b\d+\b/gu, '*');
        assert.equal(plain(reply.headers[header] ?? ''), plain(value), header);
      }
      if (error.body !== null) {
        const real = codeAndMessage(error.body);
        const given = codeAndMessage(reply.json);
        assert.deepEqual(shape(reply.json), shape(error.body));
        assert.equal(given.code, real.code);
        // The known text is of a role assignment; the ordinary one, noted beside it, says nothing of ABAC.
        assert.match(given.message, wording(real.message.replace(' or an ABAC condition not fulfilled', ''), true));
      }
    });
  }
});

const good = { issuer: sample.issuers.prod, subject: 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount' };

/** The same token naming a key that its issuer does not publish. */
function withOtherKeyId(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'unpublished' })).toString('base64url');
  return [header, ...token.split('.').slice(1)].join('.');
}

const entraScenarios: Readonly<Record<string, (world: World) => Promise<ArmReply>>> = {
  AADSTS700213: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, { ...good, subject: 'system:serviceaccount:x:y' })),
  AADSTS700211: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, { ...good, issuer: sample.issuers.dev })),
  AADSTS700212: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, { ...good, audience: 'https://gitlab.com' })),
  AADSTS7002138: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, { ...good, subject: good.subject.replace('scheduler', 'Scheduler') })),
  AADSTS70025: async (world) => exchange(world, airflowDev.clientId, await serviceAccountToken(world, good)),
  AADSTS700024: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, { ...good, expiresInSeconds: -600 })),
  AADSTS700016: async (world) => exchange(world, airflowProd.principalId, await serviceAccountToken(world, good)),
  AADSTS50013: async (world) => exchange(world, airflowProd.clientId, withOtherKeyId(await serviceAccountToken(world, good))),
  AADSTS70011: async (world) => exchange(world, airflowProd.clientId, await serviceAccountToken(world, good), { scope: 'https://foo.microsoft.com/.default' }),
  'AADSTS90002/discovery': (world) => send(world, 'GET', 'https://login.microsoftonline.com/12345678-1234-1234-1234-123456789012/v2.0/.well-known/openid-configuration'),
  'AADSTS90002/token': async (world) => exchange(world, airflowProd.clientId, 'x', { tenant: '00000000-0000-0000-0000-000000000000' }),
};

/** Codes of the past, of which the local cloud answers the successors: 70021 became 700211 to 700213, 90061 became 501661. */
const formerCodes = ['AADSTS70021', 'AADSTS90061'];

function description(known: KnownError): string {
  const text = isRecord(known.body) ? known.body['error_description'] : known.message;
  return typeof text === 'string' ? text : '';
}

describe("Entra's error bodies", () => {
  for (const known of readErrors('entra-token-errors.json')) {
    const code = /^AADSTS\d+/u.exec(description(known))?.[0] ?? '';
    if (formerCodes.includes(code)) {
      continue;
    }
    const name = code === 'AADSTS90002' ? `${code}/${known.http === undefined ? 'token' : 'discovery'}` : code;
    it(`${name}: same status, fields and wording`, async () => {
      const scenario = entraScenarios[name] ?? assert.fail(`no scenario makes ${name}`);
      const reply = await scenario(createTestWorld());
      const fields = ['error', 'error_description', 'error_codes', 'timestamp', 'trace_id', 'correlation_id', 'error_uri'];
      assert.deepEqual(Object.keys(reply.json), fields);
      assert.deepEqual(reply.json['error_codes'], [Number(code.slice('AADSTS'.length))]);
      assert.match(String(reply.json['timestamp']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/u);
      if (known.http !== undefined) {
        assert.equal(reply.status, known.http);
      }
      const error = known.error ?? (isRecord(known.body) ? known.body['error'] : undefined);
      if (error !== undefined) {
        assert.equal(reply.json['error'], error);
      }
      // "Please" went with the texts of 2026; the links moved to another host before that.
      const known2026 = description(known).replace('Please check your', 'Check your');
      assert.match(String(reply.json['error_description']), wording(known2026, known.body !== undefined));
    });
  }
});
