import * as v from 'valibot';
import type { AirflowConnection } from '../connection/airflowConnection.ts';
import { extendedLinks } from '../connection/environmentLinks.ts';
import type { EnvironmentConnection, EnvironmentLinks, EnvironmentPlace, EnvironmentReach } from '../connection/environmentPort.ts';

/*
 * Environment objects of the Astro API v1 (astronomer/astro-cli astro-client-v1/api.gen.go: `EnvironmentObject`). What an update has
 * to repeat is kept as it came.
 */

const text = v.pipe(v.string(), v.minLength(1));
const optionalText = v.pipe(v.optional(v.nullable(v.string())), v.transform((value) => value ?? undefined));
const extraSchema = v.pipe(v.optional(v.nullable(v.record(v.string(), v.unknown()))), v.transform((value) => value ?? undefined));

const connectionSchema = v.object({
  type: v.optional(v.string(), ''),
  host: optionalText,
  login: optionalText,
  password: optionalText,
  schema: optionalText,
  port: v.pipe(v.optional(v.nullable(v.number())), v.transform((value) => value ?? undefined)),
  extra: extraSchema,
  connectionAuthType: v.optional(v.nullable(v.object({ id: v.optional(v.string(), ''), airflowType: v.optional(v.string(), '') }))),
});

const overridesSchema = v.optional(v.nullable(v.record(v.string(), v.unknown())));

/** A connection of the Environment Manager as Astro answers it. `autoLinkDeployments` is left out where it is false. */
export const environmentObjectSchema = v.object({
  id: text,
  objectKey: text,
  connection: connectionSchema,
  autoLinkDeployments: v.optional(v.nullable(v.boolean())),
  links: v.optional(v.nullable(v.array(v.object({ scope: v.string(), scopeEntityId: text, connectionOverrides: overridesSchema })))),
  excludeLinks: v.optional(v.nullable(v.array(v.object({ scope: v.string(), scopeEntityId: text })))),
});

/** See `environmentObjectSchema`. */
export type EnvironmentObject = v.InferOutput<typeof environmentObjectSchema>;

/** The answer to a new object. */
export const createdObjectSchema = v.object({ id: text });

/** The product's connection for one of Astro's. */
export function environmentConnectionOf({ id, objectKey, connection, autoLinkDeployments, links, excludeLinks }: EnvironmentObject, place: EnvironmentPlace): EnvironmentConnection {
  const { type, host, schema, login, password, port, extra = {} } = connection;
  return {
    id,
    place,
    connection: { connectionId: objectKey, type, host, schema, login, password, port, extra },
    links: linksOf({ autoLinkDeployments, links, excludeLinks }),
  };
}

function linksOf({ autoLinkDeployments, links, excludeLinks }: Pick<EnvironmentObject, 'autoLinkDeployments' | 'links' | 'excludeLinks'>): EnvironmentLinks {
  return {
    all: autoLinkDeployments === true,
    deployments: (links ?? []).map(({ scopeEntityId, connectionOverrides }) => ({ id: scopeEntityId, isOverridden: Object.keys(connectionOverrides ?? {}).length > 0 })),
    excluded: (excludeLinks ?? []).map(({ scopeEntityId }) => scopeEntityId),
  };
}

/** The body of a new object. */
export function newObject({ scope, scopeId }: EnvironmentPlace, { connectionId, ...connection }: AirflowConnection, reach: EnvironmentReach): Readonly<Record<string, unknown>> {
  return {
    objectKey: connectionId,
    objectType: 'CONNECTION',
    scope: scope === 'workspace' ? 'WORKSPACE' : 'DEPLOYMENT',
    scopeEntityId: scopeId,
    ...(scope === 'workspace' ? (reach === 'all' ? { autoLinkDeployments: true } : { autoLinkDeployments: false, links: reach.map(deploymentLink) }) : {}),
    connection,
  };
}

function deploymentLink(id: string): { readonly scope: string; readonly scopeEntityId: string } {
  return { scope: 'DEPLOYMENT', scopeEntityId: id };
}

/** What an update makes of a connection. */
interface EnvironmentChange {
  readonly wanted: AirflowConnection;
  readonly without: readonly string[];
  readonly reach: EnvironmentReach;
}

/**
 * The body of an update. Astro stores host, login, schema, port, the kind of sign-in and links as they are sent, so all of them are
 * repeated; it keeps the password and keys of `extra` that are left out, and answers them without what is secret, so those are not
 * (astro-cli `cloud/env`: `patchConn`, `echoPreservedFields`).
 */
export function updatedObject(standing: EnvironmentObject, { scope }: EnvironmentPlace, { wanted, without, reach }: EnvironmentChange): Readonly<Record<string, unknown>> {
  const { connection: { host, login, schema, port, connectionAuthType }, links, excludeLinks } = standing;
  const further = extendedLinks(linksOf(standing), reach);
  const stood = new Set((links ?? []).map(({ scopeEntityId }) => scopeEntityId));
  const kept = <T>(field: string, value: T): T | undefined => (without.includes(field) ? undefined : value);
  const isSameKind = connectionAuthType?.id !== undefined && connectionAuthType.id !== '' && connectionAuthType.airflowType === wanted.type;
  return {
    connection: {
      type: wanted.type,
      host: wanted.host ?? kept('host', host),
      login: wanted.login ?? kept('login', login),
      schema: wanted.schema ?? kept('schema', schema),
      port: wanted.port ?? kept('port', port),
      password: wanted.password,
      extra: wanted.extra,
      ...(isSameKind ? { authTypeId: connectionAuthType.id } : {}),
    },
    ...(scope === 'workspace'
      ? {
          autoLinkDeployments: further.all,
          links: [
            ...(links ?? []).map(({ connectionOverrides, ...link }) => ({ ...link, ...(connectionOverrides ? { overrides: { connection: connectionOverrides } } : {}) })),
            ...further.deployments.filter(({ id }) => !stood.has(id)).map(({ id }) => deploymentLink(id)),
          ],
          excludeLinks: (excludeLinks ?? []).filter(({ scopeEntityId }) => further.excluded.includes(scopeEntityId)),
        }
      : {}),
  };
}
