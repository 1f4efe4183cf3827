import { jsonResponse } from '../exchange.ts';
import type { CloudResponse } from '../exchange.ts';
import { seededCuid } from '../seededIds.ts';
import { AstroRefusal } from './astroAnswer.ts';
import { seesWorkspace } from './astroCall.ts';
import type { AstroCall } from './astroCall.ts';
import { environmentObjectBody, isLinked, resolvedBody, secretsOf } from './environmentObjects.ts';
import type { EnvironmentConnection, EnvironmentContent, EnvironmentLink, EnvironmentObject } from './environmentObjects.ts';
import { createObjectSchema, excludeLinkSchema, readBody, updateObjectSchema } from './environmentRequests.ts';
import type { UpdateObject } from './environmentRequests.ts';
import { listingOf } from './listing.ts';

const json = { 'content-type': 'application/json' };
const nothing: CloudResponse = { status: 204, headers: {}, body: '' };

function workspaceOf({ world }: AstroCall, { scope, scopeEntityId }: Pick<EnvironmentObject, 'scope' | 'scopeEntityId'>): string | undefined {
  return scope === 'WORKSPACE' ? world.astro.workspaces.find(({ id }) => id === scopeEntityId)?.id : world.astro.deployments.find(({ id }) => id === scopeEntityId)?.workspaceId;
}

/** The objects of an organization that the token can see. */
function visible(call: AstroCall, organizationId: string): EnvironmentObject[] {
  return call.world.astro.environmentObjects.filter((object) => object.organizationId === organizationId && seesWorkspace(call.token, workspaceOf(call, object) ?? ''));
}

function find(call: AstroCall, organizationId: string, id: string): EnvironmentObject {
  const object = visible(call, organizationId).find((known) => known.id === id);
  if (object === undefined) {
    throw new AstroRefusal(404, 'Environment object not found');
  }
  return object;
}

/** Secret values only where the organization allows it. @throws AstroRefusal 405, text from astronomer/docs and astro-cli cloud/env/errors.go */
function wantsSecrets({ world, request }: AstroCall, organizationId: string): boolean {
  const wanted = request.url.searchParams.get('showSecrets') === 'true';
  if (wanted && world.astro.organizations.find(({ id }) => id === organizationId)?.secretsFetching !== true) {
    throw new AstroRefusal(405, `showSecrets on organization with id ${organizationId} is not allowed`);
  }
  return wanted;
}

/** GET of objects: of a workspace, of a deployment (with `resolveLinked` also those of its workspace that are linked to it), or of all. */
function list(call: AstroCall, organizationId: string): CloudResponse {
  const { searchParams } = call.request.url;
  const [workspaceId, deploymentId, objectType, objectKey] = ['workspaceId', 'deploymentId', 'objectType', 'objectKey'].map((name) => searchParams.get(name));
  const showSecrets = wantsSecrets(call, organizationId);
  const matching = visible(call, organizationId).filter((object) => (objectType ?? object.objectType) === object.objectType && (objectKey ?? object.objectKey) === object.objectKey);
  const place = deploymentId ?? workspaceId ?? undefined;
  const own = matching.filter(({ scopeEntityId }) => place === undefined || scopeEntityId === place);
  const home = call.world.astro.deployments.find(({ id }) => id === deploymentId)?.workspaceId;
  const linked =
    typeof deploymentId === 'string' && searchParams.get('resolveLinked') === 'true'
      ? matching.filter((object) => object.scopeEntityId === home && isLinked(object, deploymentId) && !own.some(({ objectKey: key, objectType: type }) => key === object.objectKey && type === object.objectType))
      : [];
  const { items, ...page } = listingOf(call.request.url, [...own, ...linked], ['createdAt', 'objectKey', 'objectType', 'updatedAt']);
  const bodies = items.map((object) => (linked.includes(object) ? resolvedBody(object, deploymentId ?? '', showSecrets) : environmentObjectBody(object, showSecrets)));
  return jsonResponse(200, { ...page, environmentObjects: bodies }, json);
}

const member = { AIRFLOW_VARIABLE: 'airflowVariable', CONNECTION: 'connection', ENVIRONMENT_VARIABLE: 'environmentVariable', METRICS_EXPORT: 'metricsExport' } as const;

/** @throws AstroRefusal 400 where a deployment's object is linked, or a link names a deployment of another workspace (texts are made up) */
function requireLinks(call: AstroCall, { scope, scopeEntityId }: Pick<EnvironmentObject, 'scope' | 'scopeEntityId'>, { autoLinkDeployments, links, excludeLinks }: UpdateObject): void {
  const named = [...links, ...excludeLinks].map((link) => link.scopeEntityId);
  if (scope === 'DEPLOYMENT' && (autoLinkDeployments || named.length > 0)) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: [{ code: 'INVALID', field: 'links', message: 'links are only applicable for WORKSPACE scope' }] });
  }
  const stranger = named.find((id) => !call.world.astro.deployments.some((deployment) => deployment.id === id && deployment.workspaceId === scopeEntityId));
  if (stranger !== undefined) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: [{ code: 'INVALID', field: 'links', message: `Deployment ${stranger} is not in the Workspace` }] });
  }
}

/**
 * A connection after an update: host, login, schema and port as sent, so that what is left out is gone; password and
 * keys of `extra` that are left out stay (astro-cli, `patchConn`).
 */
function updatedConnection(before: EnvironmentConnection | undefined, sent: EnvironmentConnection): EnvironmentConnection {
  const extra = { ...before?.extra, ...sent.extra };
  return { ...sent, password: sent.password ?? before?.password, extra: Object.keys(extra).length === 0 ? undefined : extra };
}

/** The content after a write; an empty value of a secret variable leaves it as it is. `isSecret` is settled when it is made. */
function contentOf(type: EnvironmentObject['objectType'], sent: UpdateObject, before: EnvironmentContent | undefined): EnvironmentContent {
  const { airflowVariable, environmentVariable, metricsExport } = sent;
  const { authTypeId: _written, ...connection } = sent.connection ?? {};
  const variable = (wanted: { value?: string | undefined; isSecret?: boolean | undefined } = {}, old?: { value: string; isSecret: boolean }): { value: string; isSecret: boolean } => {
    const isSecret = old?.isSecret ?? wanted.isSecret ?? false;
    return { value: isSecret && (wanted.value ?? '') === '' ? (old?.value ?? '') : (wanted.value ?? ''), isSecret };
  };
  switch (type) {
    case 'CONNECTION':
      return { connection: updatedConnection(before?.connection, connection) };
    case 'AIRFLOW_VARIABLE':
      return { airflowVariable: variable(airflowVariable, before?.airflowVariable) };
    case 'ENVIRONMENT_VARIABLE':
      return { environmentVariable: variable(environmentVariable, before?.environmentVariable) };
    case 'METRICS_EXPORT':
      return { metricsExport };
  }
}

/** A link sent without overrides keeps of its former ones only what is secret (astro-cli, `echoPreservedFields`). */
function linksOf({ links }: UpdateObject, before: readonly EnvironmentLink[]): EnvironmentLink[] {
  return links.map(({ scopeEntityId, overrides }) => {
    const former = before.find((link) => link.scopeEntityId === scopeEntityId)?.overrides;
    const kept = former?.connection === undefined ? undefined : secretsOf(former.connection);
    const connection = overrides?.connection === undefined ? kept : updatedConnection(kept, maskless(overrides.connection));
    const merged = { ...overrides, ...(connection === undefined ? {} : { connection }) };
    return { scopeEntityId, ...(Object.keys(merged).length === 0 ? {} : { overrides: merged }) };
  });
}

function maskless({ authTypeId: _written, ...connection }: EnvironmentConnection & { authTypeId?: string | undefined }): EnvironmentConnection {
  return connection;
}

/** @throws AstroRefusal 400 where the body lacks the member of its type */
function requireMember(type: EnvironmentObject['objectType'], sent: UpdateObject): void {
  if (sent[member[type]] === undefined) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: [{ code: 'REQUIRED', field: member[type], message: `${member[type]} is required for objectType ${type}` }] });
  }
}

/** POST of a new object: answered with its id alone. A key is used once at a scope; that a second gets 409 is likely, its text made up. */
function create(call: AstroCall, organizationId: string): CloudResponse {
  const { world } = call;
  const sent = readBody(createObjectSchema, call.request);
  const { objectKey, objectType, scope, scopeEntityId } = sent;
  const workspace = workspaceOf(call, sent);
  if (workspace === undefined || !seesWorkspace(call.token, workspace)) {
    throw new AstroRefusal(404, `${scope === 'WORKSPACE' ? 'Workspace' : 'Deployment'} not found`);
  }
  requireMember(objectType, sent);
  requireLinks(call, sent, sent);
  if (visible(call, organizationId).some((object) => object.objectKey === objectKey && object.objectType === objectType && object.scopeEntityId === scopeEntityId)) {
    throw new AstroRefusal(409, `Environment object with key ${objectKey} already exists`);
  }
  const now = world.clock.now();
  const id = seededCuid(`environment object ${world.astro.environmentObjects.length} ${objectKey} ${call.entry.number}`);
  const links = linksOf(sent, []);
  const excludeLinks = sent.excludeLinks.map((link) => link.scopeEntityId);
  world.astro.environmentObjects.push({ id, organizationId, objectKey, objectType, scope, scopeEntityId, autoLinkDeployments: sent.autoLinkDeployments, links, excludeLinks, content: contentOf(objectType, sent, undefined), createdAt: now, updatedAt: now });
  return jsonResponse(200, { id }, json);
}

/** POST of an object that is there: links, left-out deployments and automatic linking are gone where the body does not repeat them. */
function update(call: AstroCall, object: EnvironmentObject): CloudResponse {
  const sent = readBody(updateObjectSchema, call.request);
  requireMember(object.objectType, sent);
  requireLinks(call, object, sent);
  object.content = contentOf(object.objectType, sent, object.content);
  object.links = linksOf(sent, object.links);
  object.excludeLinks = sent.excludeLinks.map((link) => link.scopeEntityId);
  object.autoLinkDeployments = sent.autoLinkDeployments;
  object.updatedAt = call.world.clock.now();
  return jsonResponse(200, environmentObjectBody(object, false), json);
}

/** POST …/exclude-linking: leaves one deployment out; answered without a body, also when it was left out before. */
function excludeLinking(call: AstroCall, object: EnvironmentObject): CloudResponse {
  const { scopeEntityId } = readBody(excludeLinkSchema, call.request);
  requireLinks(call, object, { autoLinkDeployments: false, links: [], excludeLinks: [{ scope: 'DEPLOYMENT', scopeEntityId }] });
  object.excludeLinks = [...new Set([...object.excludeLinks, scopeEntityId])];
  object.updatedAt = call.world.clock.now();
  return nothing;
}

function remove({ world }: AstroCall, object: EnvironmentObject): CloudResponse {
  world.astro.environmentObjects.splice(world.astro.environmentObjects.indexOf(object), 1);
  return nothing;
}

/** Calls of `/organizations/<id>/environment-objects`; `undefined` for what is no such call. @throws AstroRefusal */
export function environmentRoute(call: AstroCall, organizationId: string, id: string | undefined, action: string | undefined): CloudResponse | undefined {
  const { method } = call.request;
  if (method !== 'GET' && call.token.readOnly === true) {
    throw new AstroRefusal(403, 'Forbidden');
  }
  if (id === undefined) {
    return method === 'GET' ? list(call, organizationId) : method === 'POST' ? create(call, organizationId) : undefined;
  }
  const object = find(call, organizationId, id);
  switch (`${method} ${action ?? ''}`) {
    case 'GET ':
      return jsonResponse(200, environmentObjectBody(object, wantsSecrets(call, organizationId)), json);
    case 'POST ':
      return update(call, object);
    case 'POST exclude-linking':
      return excludeLinking(call, object);
    case 'DELETE ':
      return remove(call, object);
    default:
      return undefined;
  }
}
