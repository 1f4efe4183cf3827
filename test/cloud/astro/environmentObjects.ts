import { isRecord } from '../exchange.ts';

/** Kinds of environment objects; only metrics exports are kept as they came. */
type ObjectType = 'AIRFLOW_VARIABLE' | 'CONNECTION' | 'ENVIRONMENT_VARIABLE' | 'METRICS_EXPORT';

/** A connection, or what a link changes of one. */
export interface EnvironmentConnection {
  readonly type?: string | undefined;
  readonly host?: string | undefined;
  readonly login?: string | undefined;
  readonly password?: string | undefined;
  readonly schema?: string | undefined;
  readonly port?: number | undefined;
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** A variable of Airflow or of the environment. */
interface EnvironmentVariable {
  readonly value: string;
  readonly isSecret: boolean;
}

/** What a link gives one deployment in the place of the workspace's values. */
interface LinkOverrides {
  readonly connection?: EnvironmentConnection | undefined;
  readonly airflowVariable?: { readonly value?: string | undefined } | undefined;
  readonly environmentVariable?: { readonly value?: string | undefined } | undefined;
  readonly metricsExport?: Readonly<Record<string, unknown>> | undefined;
}

/** A link to a deployment. */
export interface EnvironmentLink {
  readonly scopeEntityId: string;
  readonly overrides?: LinkOverrides | undefined;
}

/** What an object of each type holds; the member of its type is there. */
export interface EnvironmentContent {
  readonly connection?: EnvironmentConnection | undefined;
  readonly airflowVariable?: EnvironmentVariable | undefined;
  readonly environmentVariable?: EnvironmentVariable | undefined;
  readonly metricsExport?: Readonly<Record<string, unknown>> | undefined;
}

/** An object of the Environment Manager; fields as in astronomer/astro-cli astro-client-v1/api.gen.go `EnvironmentObject`. */
export interface EnvironmentObject {
  readonly id: string;
  readonly organizationId: string;
  readonly objectKey: string;
  readonly objectType: ObjectType;
  readonly scope: 'WORKSPACE' | 'DEPLOYMENT';
  /** Id of the workspace or the deployment. */
  readonly scopeEntityId: string;
  /** Linked to every deployment of its workspace, but for those left out. */
  autoLinkDeployments: boolean;
  links: readonly EnvironmentLink[];
  /** Ids of deployments that are left out. */
  excludeLinks: readonly string[];
  content: EnvironmentContent;
  readonly createdAt: number;
  updatedAt: number;
}

/**
 * Keys of `extra` that are not shown: those that Airflow masks (apache/airflow shared/secrets_masker DEFAULT_SENSITIVE_FIELDS).
 * That keys are masked is certain (astro-cli, `patchConn`), by which rule Astro finds them is not.
 */
const secretKey = /access_token|api_?key|authorization|passphrase|passwd|password|private_key|secret|token|keyfile_dict|service_account/iu;

/** A connection without what is secret in it. */
function maskedConnection({ password: _password, extra, ...rest }: EnvironmentConnection): EnvironmentConnection {
  const shown = extra === undefined ? undefined : Object.fromEntries(Object.entries(extra).filter(([key]) => !secretKey.test(key)));
  return shown === undefined ? rest : { ...rest, extra: shown };
}

/** Only what is secret in a connection; `undefined` where nothing is. */
export function secretsOf(connection: EnvironmentConnection): EnvironmentConnection | undefined {
  const extra = Object.fromEntries(Object.entries(connection.extra ?? {}).filter(([key]) => secretKey.test(key)));
  const hidden = { ...(connection.password === undefined ? {} : { password: connection.password }), ...(Object.keys(extra).length === 0 ? {} : { extra }) };
  return Object.keys(hidden).length === 0 ? undefined : hidden;
}

function contentBody(content: EnvironmentContent, showSecrets: boolean): Record<string, unknown> {
  const variable = ({ value, isSecret }: EnvironmentVariable): EnvironmentVariable => ({ value: isSecret && !showSecrets ? '' : value, isSecret });
  const { connection, airflowVariable, environmentVariable, metricsExport } = content;
  const metrics = isRecord(metricsExport) && !showSecrets ? { ...metricsExport, password: undefined, basicToken: undefined } : metricsExport;
  return {
    ...(connection === undefined ? {} : { connection: showSecrets ? connection : maskedConnection(connection) }),
    ...(airflowVariable === undefined ? {} : { airflowVariable: variable(airflowVariable) }),
    ...(environmentVariable === undefined ? {} : { environmentVariable: variable(environmentVariable) }),
    ...(metrics === undefined ? {} : { metricsExport: metrics }),
  };
}

/** Overrides of secret variables are left out and not blanked (astro-cli, `echoPreservedFields`). */
function linkBody({ scopeEntityId, overrides = {} }: EnvironmentLink, { content }: EnvironmentObject, showSecrets: boolean): Record<string, unknown> {
  const { connection, airflowVariable, environmentVariable, metricsExport } = overrides;
  const hidden = !showSecrets && (content.airflowVariable ?? content.environmentVariable)?.isSecret === true;
  return {
    scope: 'DEPLOYMENT',
    scopeEntityId,
    ...(connection === undefined ? {} : { connectionOverrides: showSecrets ? connection : maskedConnection(connection) }),
    ...(airflowVariable === undefined || hidden ? {} : { airflowVariableOverrides: airflowVariable }),
    ...(environmentVariable === undefined || hidden ? {} : { environmentVariableOverrides: environmentVariable }),
    ...(metricsExport === undefined ? {} : { metricsExportOverrides: metricsExport }),
  };
}

function times({ createdAt, updatedAt }: EnvironmentObject): Record<string, string> {
  return { createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
}

/** JSON of an object. `autoLinkDeployments` is left out where it is false (terraform-provider-astro, `ReadFromResponse`), links where the scope has none. */
export function environmentObjectBody(object: EnvironmentObject, showSecrets: boolean): Record<string, unknown> {
  const { id, objectKey, objectType, scope, scopeEntityId, autoLinkDeployments, links, excludeLinks, content } = object;
  const linking = { links: links.map((link) => linkBody(link, object, showSecrets)), excludeLinks: excludeLinks.map((excluded) => ({ scope: 'DEPLOYMENT', scopeEntityId: excluded })) };
  return { id, objectKey, objectType, scope, scopeEntityId, ...(autoLinkDeployments ? { autoLinkDeployments } : {}), ...contentBody(content, showSecrets), ...(scope === 'WORKSPACE' ? linking : {}), ...times(object) };
}

/** True when a deployment of the object's workspace gets it. */
export function isLinked({ autoLinkDeployments, links, excludeLinks }: EnvironmentObject, deploymentId: string): boolean {
  return links.some((link) => link.scopeEntityId === deploymentId) || (autoLinkDeployments && !excludeLinks.includes(deploymentId));
}

/** JSON of a workspace's object as one deployment gets it: with that link's overrides, and without an id of its own. */
export function resolvedBody(object: EnvironmentObject, deploymentId: string, showSecrets: boolean): Record<string, unknown> {
  const { content, objectKey, objectType, scope, scopeEntityId } = object;
  const overrides = object.links.find((link) => link.scopeEntityId === deploymentId)?.overrides ?? {};
  const merged: EnvironmentContent = {
    ...content,
    ...(content.connection === undefined ? {} : { connection: { ...content.connection, ...overrides.connection, extra: { ...content.connection.extra, ...overrides.connection?.extra } } }),
    ...(content.airflowVariable === undefined ? {} : { airflowVariable: { ...content.airflowVariable, value: overrides.airflowVariable?.value ?? content.airflowVariable.value } }),
    ...(content.environmentVariable === undefined ? {} : { environmentVariable: { ...content.environmentVariable, value: overrides.environmentVariable?.value ?? content.environmentVariable.value } }),
  };
  return { objectKey, objectType, scope: 'DEPLOYMENT', scopeEntityId: deploymentId, sourceScope: scope, sourceScopeEntityId: scopeEntityId, ...contentBody(merged, showSecrets), ...times(object) };
}
