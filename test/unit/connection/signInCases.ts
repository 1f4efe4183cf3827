import assert from 'node:assert/strict';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import { asHeld, identityRules } from './providerRules.ts';

/** A connection that is complete but for what its title says. */
export interface SignInCase {
  readonly title: string;
  readonly connection: AirflowConnection;
}

type Change = readonly [type: string, change: Partial<AirflowConnection>, extra?: Record<string, unknown>];

const tenantId = '22222222-2222-2222-2222-222222222222';
const secret = { login: 'app', password: 'secret' };
const wins: readonly Change[] = [
  ...['azure', 'azure_compute', 'azure_container_instance', 'azure_ai_agents', 'azure_data_factory', 'azure_synapse']
    .map((type) => [type, secret, { tenantId }] as const),
  ...['azure', 'azure_compute', 'azure_container_instance'].flatMap((type) => ['key_path', 'key_json'].map((key) => [type, {}, { [key]: 'x' }] as const)),
  ['azure_ai_agents', { login: 'app' }],
  ['azure_data_explorer', {}, { auth_method: 'AAD_APP' }],
  ['azure_data_explorer', {}, { auth_method: 'azure_token_cred' }],
  ['azure_batch', secret],
  ['azure_cosmos', { password: 'key' }],
  ['azure_data_lake', {}, { tenant: tenantId }],
  ['azure_fileshare', { password: 'key' }],
  ['azure_fileshare', {}, { sas_token: 'sv=1' }],
  ['azure_fileshare', {}, { connection_string: 'x' }],
  ['azure_container_volume', {}, { connection_string: 'AccountKey=x' }],
  ['azure_container_registry', { password: 'key' }],
  ['azure_service_bus', { schema: 'Endpoint=sb://x' }],
  ['azure_service_bus', {}, { credential: 'x' }],
  ['azure_data_factory', { login: '', password: '' }],
  ['azure_synapse', { login: '', password: '' }],
  ...['connection_string', 'shared_access_key', 'sas_token', 'account_key', 'tenant_id', 'account_url', 'credential'].map((key) => ['wasb', {}, { [key]: 'x' }] as const),
  ['wasb', { password: 'key' }],
  ...['connection_string', 'tenant_id', 'credential'].map((key) => ['adls', {}, { [key]: 'x' }] as const),
  ['adls', { password: 'key' }],
];

const harmless: readonly Change[] = [
  ['azure', secret],
  ['azure', { login: '', password: '' }, { tenantId }],
  ['azure_ai_agents', { login: '', password: '' }],
  ['azure_data_explorer', secret, { tenant: tenantId }],
  ['azure_batch', { login: 'app' }],
  ['azure_batch', { login: '', password: '' }],
  ['azure_cosmos', { password: '' }],
  ['azure_data_lake', secret, { tenantId }],
  ['azure_container_volume', { password: 'key' }],
  ['azure_data_factory', { login: '' }],
  ['azure_data_factory', {}, { tenantId }],
  ['wasb', { password: '' }, { tenant_id: '', tenantId, foo: 1 }],
];

/** Connections whose hook signs in with a secret, or fails, though they name an identity. */
export const secretCases: readonly SignInCase[] = wins.map((change) => signInCase(change));

/** Connections that hold more than they need and still sign in with their identity. */
export const harmlessCases: readonly SignInCase[] = harmless.map((change) => signInCase(change));

function signInCase([type, change, extra = {}]: Change): SignInCase {
  const rule = identityRules.find(({ connectionType }) => connectionType === type);
  assert.ok(rule);
  const held = asHeld(type, rule.minimal);
  return {
    title: `${type} with ${[...Object.entries(change), ...Object.entries(extra)].map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(', ')}`,
    connection: { ...held, ...change, extra: { ...held.extra, ...extra } },
  };
}
