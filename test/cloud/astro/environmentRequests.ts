import * as v from 'valibot';
import { parseJson } from '../exchange.ts';
import type { CloudRequest } from '../exchange.ts';
import { AstroRefusal } from './astroAnswer.ts';

const text = v.optional(v.string());

const connectionEntries = { host: text, login: text, password: text, schema: text, port: v.optional(v.pipe(v.number(), v.integer())), extra: v.optional(v.record(v.string(), v.unknown())), authTypeId: text };

const overridesSchema = v.object({
  connection: v.optional(v.object({ type: text, ...connectionEntries })),
  airflowVariable: v.optional(v.object({ value: text })),
  environmentVariable: v.optional(v.object({ value: text })),
  metricsExport: v.optional(v.record(v.string(), v.unknown())),
});

const deploymentScope = v.literal('DEPLOYMENT');

/** `ExcludeLinkEnvironmentObjectRequest`. */
export const excludeLinkSchema = v.object({ scope: deploymentScope, scopeEntityId: v.string() });

/** What both requests hold. Without `links` and `excludeLinks` there are none. */
const linking = {
  autoLinkDeployments: v.optional(v.boolean(), false),
  links: v.optional(v.array(v.object({ scope: deploymentScope, scopeEntityId: v.string(), overrides: v.optional(overridesSchema) })), []),
  excludeLinks: v.optional(v.array(excludeLinkSchema), []),
};

const content = {
  connection: v.optional(v.object({ type: v.pipe(v.string(), v.minLength(1)), ...connectionEntries })),
  airflowVariable: v.optional(v.object({ value: text, isSecret: v.optional(v.boolean()) })),
  environmentVariable: v.optional(v.object({ value: text, isSecret: v.optional(v.boolean()) })),
  metricsExport: v.optional(v.record(v.string(), v.unknown())),
};

/** `CreateEnvironmentObjectRequest` (astronomer/astro-cli astro-client-v1/api.gen.go). */
export const createObjectSchema = v.object({
  objectKey: v.pipe(v.string(), v.minLength(1)),
  objectType: v.picklist(['AIRFLOW_VARIABLE', 'CONNECTION', 'ENVIRONMENT_VARIABLE', 'METRICS_EXPORT']),
  scope: v.picklist(['WORKSPACE', 'DEPLOYMENT']),
  scopeEntityId: v.pipe(v.string(), v.minLength(1)),
  ...linking,
  ...content,
});

/** `UpdateEnvironmentObjectRequest`; key, type and scope stay what they are. */
export const updateObjectSchema = v.object({ ...linking, ...content });

/** A request to update one. */
export type UpdateObject = v.InferOutput<typeof updateObjectSchema>;

/** The body of a request. @throws AstroRefusal 400 with the fields that are wrong */
export function readBody<T>(schema: v.GenericSchema<unknown, T>, request: CloudRequest): T {
  const parsed = v.safeParse(schema, parseJson(request.body));
  if (!parsed.success) {
    throw new AstroRefusal(400, 'Invalid request', { fieldErrors: parsed.issues.map((issue) => ({ code: 'INVALID', field: v.getDotPath(issue) ?? '', message: issue.message })) });
  }
  return parsed.output;
}
