import * as v from 'valibot';

/** Longer texts than this are no user's input: the page could only send them if something else ran in it. */
const text = v.pipe(v.string(), v.maxLength(4_000));
const rowId = v.pipe(v.string(), v.maxLength(300));
/** Holds the id of a scope. */
const accessId = v.pipe(v.string(), v.maxLength(2_000));

/**
 * Everything a user can do in the flow. The form's page sends these as messages and the keyboard flow dispatches them;
 * what comes from the page is untrusted and parsed with this schema first.
 */
export const userEventSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('chooseDeployment') }),
  v.strictObject({ kind: v.literal('enterDeployment') }),
  v.strictObject({ kind: v.literal('chooseIdentity') }),
  v.strictObject({ kind: v.literal('reload') }),
  v.strictObject({ kind: v.literal('tick'), rowId, ticked: v.boolean() }),
  v.strictObject({ kind: v.literal('rename'), rowId, name: text }),
  v.strictObject({ kind: v.literal('setServiceAccount'), rowId, serviceAccount: text }),
  v.strictObject({ kind: v.literal('editSubjects'), on: v.boolean() }),
  v.strictObject({ kind: v.literal('addServiceAccount') }),
  /** Whether the cluster that takes over in a disaster is trusted as well. */
  v.strictObject({ kind: v.literal('trustRecovery'), on: v.boolean() }),
  v.strictObject({ kind: v.literal('removeRow'), rowId }),
  /** The way out of a conflict: write onto the credential that holds the pair. */
  v.strictObject({ kind: v.literal('replaceInstead'), rowId, name: text }),
  v.strictObject({ kind: v.literal('setConnectionId'), value: text }),
  v.strictObject({ kind: v.literal('setConnectionType'), value: text }),
  v.strictObject({ kind: v.literal('setConnectionField'), field: text, value: text }),
  /** Choose a resource of the user's Azure for a field, which fills others as well. */
  v.strictObject({ kind: v.literal('chooseResource'), field: text }),
  /** Plan the role on the chosen resource that tasks of the connection's type need. */
  v.strictObject({ kind: v.literal('addConnectionAccess') }),
  /** A project's settings file, or the empty string for none. */
  v.strictObject({ kind: v.literal('setTarget'), uri: text }),
  v.strictObject({ kind: v.literal('setOverwrite'), overwrite: v.boolean() }),
  v.strictObject({ kind: v.literal('addProvider') }),
  v.strictObject({ kind: v.literal('addAccess') }),
  v.strictObject({ kind: v.literal('removeAccess'), rowId: accessId }),
  v.strictObject({ kind: v.literal('apply') }),
  v.strictObject({ kind: v.literal('stop') }),
  v.strictObject({ kind: v.literal('retryFailed') }),
  v.strictObject({ kind: v.literal('review') }),
  v.strictObject({ kind: v.literal('copyScript') }),
  v.strictObject({ kind: v.literal('copy'), what: v.picklist(['issuer', 'clientId', 'deploymentFix']) }),
  v.strictObject({ kind: v.literal('copyError'), rowId }),
  /** What to send to whoever has the right: to write the credentials, or to give a role. */
  v.strictObject({ kind: v.literal('copyCredentialRequest') }),
  v.strictObject({ kind: v.literal('copyAccessRequest'), rowId: accessId }),
  v.strictObject({ kind: v.literal('openConnection') }),
  v.strictObject({ kind: v.literal('showIdentity') }),
  v.strictObject({ kind: v.literal('signInAgain') }),
  v.strictObject({ kind: v.literal('showLog') }),
]);

/** One thing a user did. */
export type UserEvent = v.InferOutput<typeof userEventSchema>;
