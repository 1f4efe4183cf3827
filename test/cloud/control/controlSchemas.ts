import * as v from 'valibot';

const optionalText = v.optional(v.string());
const headersSchema = v.record(v.string(), v.string());
const bucket = v.object({ burst: v.number(), perSecond: v.number() });

/** POST /tokens/user */
export const userTokenSchema = v.object({
  account: v.string(),
  tenant: optionalText,
  interactive: v.optional(v.boolean()),
  scopes: v.optional(v.array(v.string())),
  expiresInSeconds: v.optional(v.number()),
  claims: optionalText,
});

/** POST /tokens/servicePrincipal */
export const servicePrincipalSchema = v.object({ clientId: v.string(), scope: optionalText, expiresInSeconds: v.optional(v.number()) });

/** POST /tokens/serviceAccount; with `signedBy` the key of another issuer signs, and `issuer` may be any text. */
export const serviceAccountSchema = v.object({ issuer: v.string(), subject: v.string(), audience: optionalText, expiresInSeconds: v.optional(v.number()), signedBy: optionalText });

/** POST /sessions/revoke; `tokens`: what was issued before is refused by ARM as well. */
export const revokeSchema = v.object({ account: v.string(), tokens: v.optional(v.boolean()) });

/** POST /state/identities/<client id>/credentials; the audience is Azure's for the public cloud where absent. */
export const credentialSchema = v.object({ name: v.string(), issuer: v.string(), subject: v.string(), audience: optionalText });

const tagsSchema = v.record(v.string(), v.string());

/** POST /state/identities: what is left out is made up. */
export const newIdentitySchema = v.object({
  subscriptionId: v.string(),
  resourceGroup: v.string(),
  name: v.string(),
  location: optionalText,
  tags: v.optional(tagsSchema),
  clientId: optionalText,
  principalId: optionalText,
});

/** POST /state/resources: a resource of the type that its id names. */
export const newResourceSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+$/iu)),
  location: optionalText,
  kind: optionalText,
  tags: v.optional(tagsSchema),
  properties: v.optional(v.record(v.string(), v.unknown())),
  systemAssigned: v.optional(v.boolean()),
  userAssigned: v.optional(v.array(v.string())),
  containers: v.optional(v.array(v.string())),
});

/** POST /state/roleAssignments: `role` is a role's name or id. */
export const newRoleAssignmentSchema = v.object({
  principalId: v.string(),
  scope: v.string(),
  role: v.string(),
  name: v.exactOptional(v.string()),
  principalType: v.exactOptional(v.picklist(['User', 'Group', 'ServicePrincipal'])),
  description: v.exactOptional(v.string()),
  condition: optionalText,
});

/** POST /state/blobs: text only. */
export const newBlobSchema = v.object({ account: v.string(), container: v.string(), name: v.string(), body: v.string(), contentType: optionalText });

/** What POST /state/blobs takes. */
export type NewBlob = v.InferOutput<typeof newBlobSchema>;

/** POST /state/secrets */
export const newSecretSchema = v.object({ vault: v.string(), name: v.string(), value: v.string() });

/** What POST /state/secrets takes. */
export type NewSecret = v.InferOutput<typeof newSecretSchema>;

/** POST /state/denyAssignments: without principals everybody is meant. */
export const newDenialSchema = v.object({ scope: v.string(), actions: v.array(v.string()), principalIds: v.optional(v.array(v.string())), excludedIds: v.optional(v.array(v.string())) });

/** POST /faults; the same shape as `Fault` in faults.ts. */
export const faultSchema = v.object({
  method: v.exactOptional(v.string()),
  host: v.exactOptional(v.string()),
  path: v.exactOptional(v.string()),
  body: v.exactOptional(v.string()),
  skip: v.exactOptional(v.number()),
  times: v.exactOptional(v.number()),
  effect: v.variant('kind', [
    v.object({ kind: v.literal('answer'), status: v.number(), body: v.exactOptional(v.unknown()), headers: v.exactOptional(headersSchema), acted: v.exactOptional(v.boolean()) }),
    v.object({ kind: v.literal('html'), status: v.number(), html: v.string(), acted: v.exactOptional(v.boolean()) }),
    v.object({ kind: v.literal('delay'), ms: v.number() }),
    v.object({ kind: v.literal('reset') }),
    v.object({ kind: v.literal('resetAfter') }),
    v.object({ kind: v.literal('halfBody') }),
    v.object({ kind: v.literal('silence'), acted: v.exactOptional(v.boolean()) }),
  ]),
});

/** POST /clock: `set` is in milliseconds since the Unix epoch. */
export const clockSchema = v.object({ advanceMs: v.optional(v.number()), set: v.optional(v.number()), frozen: v.optional(v.boolean()) });

/** POST /settings: any part of `WorldSettings`. */
export const settingsSchema = v.partial(
  v.object({
    latencyMs: v.number(),
    serviceMs: v.number(),
    propagationMs: v.number(),
    getAfterPutMs: v.number(),
    parentAfterCreateMs: v.number(),
    principalAfterCreateMs: v.number(),
    roleToDataMs: v.number(),
    graphLagMs: v.number(),
    graphQuota: v.object({ queries: v.number(), windowMs: v.number() }),
    pageSize: v.object({ subscriptions: v.number(), resourceGroups: v.number(), identities: v.number(), credentials: v.number() }),
    containerPage: v.number(),
    resourcePage: v.number(),
    graphPage: v.number(),
    graphKeepsAnswers: v.boolean(),
    armReads: bucket,
    armWrites: bucket,
    armDeletes: bucket,
    identityWrites: bucket,
    identityGets: bucket,
    identityLists: bucket,
    identityDeletes: bucket,
    astroGets: bucket,
    astroPosts: bucket,
    astroDeletes: bucket,
    writesNeedMfa: v.boolean(),
    writesNeedMfaOf: v.array(v.string()),
    regionsWithoutCredentials: v.array(v.string()),
  }),
);

/** POST /reset: the sample world, or one of the generated sizes; `filled`: all its subscriptions are made at once, so that no later request waits for it. */
export const resetSchema = v.object({ scale: v.optional(v.picklist(['small', 'company', 'huge'])), filled: v.optional(v.boolean()) });

/** What POST /reset takes. */
export type ResetRequest = v.InferOutput<typeof resetSchema>;
