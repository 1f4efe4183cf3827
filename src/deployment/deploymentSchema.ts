import * as v from 'valibot';
import type { Deployment } from './deployment.ts';
import { layoutSchema } from './layouts/layouts.ts';

const text = v.pipe(v.string(), v.maxLength(2_000));
const optionalText = v.optional(text);

/** A deployment as it comes back from storage or from a page; both may hold anything. */
export const deploymentSchema: v.GenericSchema<unknown, Deployment> = v.pipe(
  v.object({
    sourceId: text,
    id: text,
    name: text,
    workspace: v.object({ sourceId: text, id: text, name: text, organizationId: text, organizationName: text }),
    namespace: text,
    issuer: optionalText,
    drIssuer: optionalText,
    executor: v.picklist(['celery', 'kubernetes', 'astro', 'unknown']),
    remoteExecution: v.boolean(),
    runtimeVersion: optionalText,
    airflowVersion: optionalText,
    cloudProvider: optionalText,
    region: optionalText,
    clusterName: optionalText,
    status: optionalText,
    url: v.optional(v.pipe(text, v.startsWith('https://'))),
    obstacle: v.exactOptional(v.object({ text, command: text })),
    layout: v.optional(layoutSchema),
    /** What deployments entered by hand had in place of a layout before there were layouts. */
    serviceAccounts: v.optional(v.pipe(v.array(text), v.maxLength(100))),
  }),
  v.transform(
    ({ issuer, drIssuer, runtimeVersion, airflowVersion, cloudProvider, region, clusterName, status, url, layout, serviceAccounts, ...rest }): Deployment => ({
      ...rest,
      issuer,
      drIssuer,
      runtimeVersion,
      airflowVersion,
      cloudProvider,
      region,
      clusterName,
      status,
      url,
      layout: layout ?? (serviceAccounts === undefined ? { kind: 'astro' } : { kind: 'listed', serviceAccounts }),
    }),
  ),
);
