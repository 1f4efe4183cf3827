import { randomUUID } from 'node:crypto';
import { jsonResponse } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { LogEntry } from '../requestLog.ts';
import type { World } from '../world.ts';
import { entraErrorResponse, tenantNotFound } from './entraErrors.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';

const aliases = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'];

function instanceDiscovery(): object {
  return {
    tenant_discovery_endpoint: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    'api-version': '1.1',
    metadata: [
      { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases },
      { preferred_network: 'login.partner.microsoftonline.cn', preferred_cache: 'login.partner.microsoftonline.cn', aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'] },
      { preferred_network: 'login.microsoftonline.us', preferred_cache: 'login.microsoftonline.us', aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'] },
    ],
  };
}

function openIdConfiguration(host: string, tenantId: string): object {
  const base = `https://${host}/${tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    tenant_region_scope: 'NA',
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  };
}

/** Answers for the sign-in host of a cloud: discovery documents, keys, token endpoint. */
export async function handleEntra(world: World, request: CloudRequest, entry: LogEntry): Promise<CloudResponse> {
  const correlationId = request.headers['client-request-id'] ?? request.url.searchParams.get('client-request-id') ?? randomUUID();
  entry.correlationId = correlationId;
  const { pathname } = request.url;
  if (request.method === 'GET' && pathname === '/common/discovery/instance') {
    return jsonResponse(200, instanceDiscovery());
  }
  const [, named, rest] = /^\/([^/]+)\/(.+)$/u.exec(pathname) ?? [];
  const isToken = request.method === 'POST' && rest === 'oauth2/v2.0/token';
  const isDiscovery = request.method === 'GET' && (rest === 'v2.0/.well-known/openid-configuration' || rest === '.well-known/openid-configuration');
  const isKeys = request.method === 'GET' && (rest === 'discovery/v2.0/keys' || rest === 'discovery/keys');
  if (named === undefined || (!isToken && !isDiscovery && !isKeys)) {
    entry.unmodelled = true;
    return jsonResponse(404, { error: 'not found' });
  }
  const shared = /^(common|organizations|consumers)$/u.test(named);
  const tenant = world.directory.findTenant(named);
  if (tenant === undefined && !(shared && !isToken)) {
    return entraErrorResponse(tenantNotFound(named, isToken ? 'token' : 'discovery'), world.clock, correlationId);
  }
  if (isKeys) {
    const key = await world.accessTokens.key();
    return jsonResponse(200, { keys: [key.publicJwk] });
  }
  if (isDiscovery || tenant === undefined) {
    return jsonResponse(200, openIdConfiguration(request.url.hostname, tenant?.id ?? '{tenantid}'));
  }
  return tokenEndpoint(world, request, tenant, correlationId);
}
