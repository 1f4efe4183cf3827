import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../airflowConnection.ts';
import type { ConnectionField, SecretRule } from '../connectionType.ts';
import { isGuid } from '../guid.ts';

/** Says that a value is no GUID; `what` names it within a sentence, such as "The client ID". */
export function guidProblem(what: string, value: string): string | undefined {
  return isGuid(value) ? undefined : l10n.t('{0} "{1}" is not a GUID.', what, value);
}

/** Says that a value is no `https://` address. The SDKs send no token anywhere else. */
export function httpsProblem(value: string): string | undefined {
  return /^https:\/\/[^\s/]+(?:\/\S*)?$/i.test(value)
    ? undefined
    : l10n.t('"{0}" is not an address that begins with https://. The identity\'s token is sent nowhere else.', value);
}

/** Says that a value is more than the bare name of a resource: the hooks put the rest of the address around it. */
export function bareNameProblem(value: string): string | undefined {
  return /[\s./:]/.test(value)
    ? l10n.t('"{0}" has to be the bare name, without https:// and without a domain: the hook puts the address around it.', value)
    : undefined;
}

/** Says that a value is no bare host name. */
export function hostNameProblem(value: string): string | undefined {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value)
    ? undefined
    : l10n.t('"{0}" has to be a host name, such as name.example.net, without https:// and without a path.', value);
}

/** The subscription, under the key that the hook reads. */
export function subscription(id: 'subscriptionId' | 'subscription_id', need: ConnectionField['need'], description: string): ConnectionField {
  return {
    id, place: 'extra', need, description,
    title: l10n.t('Subscription ID'),
    example: '00000000-0000-0000-0000-000000000000',
    source: 'subscription',
    fill: (resource) => resource.subscriptionId,
    problem: (value) => guidProblem(l10n.t('The subscription ID'), value),
  };
}

/** The resource group, under the key that the hook reads. */
export function resourceGroup(id: 'resource_group' | 'resource_group_name', need: ConnectionField['need'], description: string): ConnectionField {
  return { id, place: 'extra', need, description, title: l10n.t('Resource group'), example: 'rg-data', source: 'resourceGroup', fill: (resource) => resource.resourceGroup };
}

/** An address with `https://` in front, if it has none, and without a slash at its end. */
export function httpsAddress(address: string | undefined): string | undefined {
  return address === undefined ? undefined : `https://${bareHost(address, false)}`;
}

/** The host of an address; with `port: false` a port stays. */
export function bareHost(address: string, port = true): string {
  const host = address.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '');
  return port ? host.replace(/:\d+$/, '') : host;
}

/** True when a part of a connection holds something; `extra.<key>` looks into `extra`. Empty text counts as nothing. */
export function isFilled(connection: AirflowConnection, field: string): boolean {
  const value = valueAt(connection, field);
  return value !== undefined && value !== null && value !== '';
}

/** Login, password and a tenant together make a client secret; each alone does nothing. */
export function clientSecret(tenantKey: 'tenantId' | 'tenant_id' | 'tenant'): SecretRule {
  const fields = ['login', 'password', `extra.${tenantKey}`];
  return {
    fields: ['password'],
    applies: (connection) => fields.every((field) => isFilled(connection, field)),
    message: l10n.t('Login, password and {0} are all set: Airflow signs in with that client secret, not with the identity.', tenantKey),
  };
}

/** A field that is enough to make the hook use a secret. */
export function secretField(field: string, alone = true): SecretRule {
  const name = field.replace(/^extra\./, '');
  return {
    fields: [field],
    applies: (connection) => isFilled(connection, field) && (alone || isFilled(connection, 'login')),
    message: l10n.t('{0} is set: Airflow signs in with it, not with the identity.', name),
  };
}

/** A field that makes the hook fail, or do something else than it says, whatever it holds. */
export function brokenBy(field: string, message: string): SecretRule {
  return { fields: [field], applies: (connection) => isFilled(connection, field), message };
}

/** Key files, which the ARM hooks try before the identity. */
export function keyFiles(): readonly SecretRule[] {
  return [secretField('extra.key_path'), secretField('extra.key_json')];
}

/** Login and password, both there though empty, count as a client secret without a tenant. */
export function emptyClientSecret(): SecretRule {
  return {
    fields: ['login', 'password'],
    applies: ({ login, password }) => login === '' && password !== undefined,
    message: l10n.t('Login and password are there, though empty. The hook takes them for a client secret and fails with "A Tenant ID is required". Leave both out.'),
  };
}

function valueAt(connection: AirflowConnection, field: string): unknown {
  switch (field) {
    case 'host':
    case 'schema':
    case 'login':
    case 'password':
      return connection[field];
    default:
      return connection.extra[field.replace(/^extra\./, '')];
  }
}

/** Docs of the release whose hooks were run to learn the rules of the types. */
const releaseDocs = 'https://airflow.apache.org/docs/apache-airflow-providers-microsoft-azure/15.2.1';

/** The pages on connections. */
export const providerDocs = `${releaseDocs}/connections`;

/** The page on a hook, for types that have none of their own among the connections. */
export function hookDocs(module: string): string {
  return `${releaseDocs}/_api/airflow/providers/microsoft/azure/hooks/${module}/index.html`;
}

/** Full name of a hook of the provider. */
export function hookName(module: string): string {
  return `airflow.providers.microsoft.azure.hooks.${module}`;
}
