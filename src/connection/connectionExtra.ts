import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { AzureConnection } from './connection.ts';
import { connectionIdProblem } from './connectionId.ts';

/** The keys of `extra` that carry the identity, spelt as the provider reads them. */
export const extraKeys = {
  clientId: 'managed_identity_client_id',
  tenantId: 'workload_identity_tenant_id',
  subscriptionId: 'subscriptionId',
} as const;

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * What is wrong with a connection, as a sentence for the user, or `undefined`. The provider does not check the ids: a
 * wrong one fails only when a task asks for a token, so they are checked here.
 */
export function connectionProblem(connection: AzureConnection): string | undefined {
  const idProblem = connectionIdProblem(connection.connectionId);
  if (idProblem !== undefined) {
    return idProblem;
  }
  if (!guidPattern.test(connection.clientId)) {
    return l10n.t('The client id "{0}" is not a GUID. Copy it from the identity.', connection.clientId);
  }
  if (!guidPattern.test(connection.tenantId)) {
    return l10n.t('The tenant id "{0}" is not a GUID. Copy it from the identity.', connection.tenantId);
  }
  if (connection.subscriptionId !== undefined && !guidPattern.test(connection.subscriptionId)) {
    return l10n.t('The subscription id "{0}" is not a GUID.', connection.subscriptionId);
  }
  return undefined;
}

/** The keys and values that `extra` needs for a connection, in the order they are written. */
export function extraPairs(connection: AzureConnection): readonly (readonly [key: string, value: string])[] {
  const pairs: (readonly [string, string])[] = [
    [extraKeys.clientId, connection.clientId],
    [extraKeys.tenantId, connection.tenantId],
  ];
  if (connection.subscriptionId !== undefined) {
    pairs.push([extraKeys.subscriptionId, connection.subscriptionId]);
  }
  return pairs;
}

/**
 * The `extra` of a connection as JSON on one line, followed by what an earlier `extra` held beside our keys, such as
 * `use_azure_identity_object`. A key that differs from ours only in letter case is ours, spoilt by the Astro CLI
 * (astronomer/astro-cli#1737), and is left out.
 * @throws AirflowIdentityError `invalidInput` when an id is not one Airflow or Azure would take.
 */
export function connectionExtra(connection: AzureConnection, kept: Readonly<Record<string, unknown>> = {}): string {
  const problem = connectionProblem(connection);
  if (problem !== undefined) {
    throw new AirflowIdentityError('invalidInput', problem);
  }
  const pairs = extraPairs(connection);
  const own = new Set(pairs.map(([key]) => key.toLowerCase()));
  const others = Object.entries(kept).filter(([key]) => !own.has(key.toLowerCase()));
  return escapeLineBreaks(JSON.stringify(Object.fromEntries([...pairs, ...others])));
}

/** YAML 1.1 readers, Astro's among them, take these for line breaks or refuse them (yaml.org/spec/1.1, section 5.4). */
function escapeLineBreaks(json: string): string {
  return json.replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (character) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
