import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(2_000));

/** The parts of the page, each read on its own. */
export const detailsParts = ['identity', 'credentials', 'deployments', 'roles', 'connections'] as const;

/** One of them. */
export type DetailsPart = (typeof detailsParts)[number];

/** Everything a user can do on the page of an identity. The page is untrusted, so what it says is parsed with this schema first. */
export const detailsEventSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('refresh') }),
  v.strictObject({ kind: v.literal('retry'), part: v.picklist(detailsParts) }),
  v.strictObject({ kind: v.literal('openPortal') }),
  v.strictObject({ kind: v.literal('connect') }),
  /** Opens the flow with both sides chosen. */
  v.strictObject({ kind: v.literal('repair'), sourceId: id, deploymentId: id }),
  v.strictObject({ kind: v.literal('copy'), what: v.picklist(['clientId', 'principalId', 'tenantId', 'resourceId']) }),
  v.strictObject({ kind: v.literal('editTags') }),
  v.strictObject({ kind: v.literal('compare'), sourceId: id, deploymentId: id }),
  v.strictObject({ kind: v.literal('moveCredentials') }),
  v.strictObject({ kind: v.literal('editCredential'), name: id }),
  v.strictObject({ kind: v.literal('duplicateCredential'), name: id }),
  v.strictObject({ kind: v.literal('deleteCredential'), name: id }),
  /** Lets the user tick several in a list. */
  v.strictObject({ kind: v.literal('deleteSeveral') }),
  v.strictObject({ kind: v.literal('giveAccess') }),
  v.strictObject({ kind: v.literal('removeAccess'), assignmentId: id }),
  v.strictObject({ kind: v.literal('openConnection'), uri: id, connectionId: id }),
  /** Gives the connection the tenant of the identity. */
  v.strictObject({ kind: v.literal('fixConnection'), uri: id, connectionId: id }),
  v.strictObject({ kind: v.literal('setAstroToken') }),
  v.strictObject({ kind: v.literal('signInAgain') }),
  v.strictObject({ kind: v.literal('showLog') }),
]);

/** One thing a user did. */
export type DetailsEvent = v.InferOutput<typeof detailsEventSchema>;
