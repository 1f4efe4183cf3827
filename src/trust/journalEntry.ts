import * as v from 'valibot';
import type { FederatedCredential } from '../identity/federatedCredential.ts';

const text = v.pipe(v.string(), v.maxLength(2_000));
const accountSchema = v.object({ id: text, label: text });
const identitySchema = v.object({ account: accountSchema, tenantId: text, subscriptionId: text, resourceGroup: text, name: text });

const credentialSchema = v.pipe(
  v.object({
    name: text,
    issuer: text,
    subject: v.optional(text),
    audiences: v.pipe(v.array(text), v.maxLength(10)),
    claimsMatchingExpression: v.optional(text),
  }),
  v.transform(({ name, issuer, subject, audiences, claimsMatchingExpression }): FederatedCredential => ({
    name,
    issuer,
    subject,
    audiences,
    ...(claimsMatchingExpression === undefined ? {} : { claimsMatchingExpression }),
  })),
);

const scopeSchema = v.object({
  account: accountSchema,
  tenantId: text,
  id: text,
  kind: v.picklist(['subscription', 'resourceGroup', 'storageAccount', 'container', 'vault', 'factory', 'other']),
  name: text,
  subscriptionId: text,
});

/**
 * One thing that a change makes other than it was. `before` and `after` are what stands there, absent for nothing: going on
 * leads to `after`, undoing to `before`.
 */
const changeSchema = v.variant('kind', [
  v.object({
    kind: v.literal('credential'),
    identity: identitySchema,
    name: text,
    before: v.exactOptional(credentialSchema),
    after: v.exactOptional(v.object({ name: text, issuer: text, subject: text, audience: text })),
  }),
  v.object({
    kind: v.literal('role'),
    scope: scopeSchema,
    roleId: text,
    roleName: text,
    principalId: text,
    action: v.picklist(['assign', 'remove']),
    /** Of a role that is removed: its condition is not kept, so it cannot be given again. */
    hasCondition: v.exactOptional(v.boolean()),
  }),
  v.object({
    kind: v.literal('identity'),
    identity: identitySchema,
    action: v.picklist(['create', 'delete']),
    location: text,
    tags: v.record(text, text),
  }),
  /** A group that is made for an identity. There is no way back: deleting it would delete whatever somebody put there meanwhile. */
  v.object({
    kind: v.literal('resourceGroup'),
    subscription: v.object({ account: accountSchema, tenantId: text, subscriptionId: text }),
    name: text,
    location: text,
  }),
  /** A connection is written into a file that has an undo of its own: it is only told of. */
  v.object({ kind: v.literal('connection'), uri: text, connectionId: text }),
]);

/**
 * Where a step stands. `started`: it was begun, and what became of it nobody heard. `already`: it stood there, so it is not this
 * change's to undo. `interrupted`: it was given up for a reason that passes, such as a lost network. `refused`: for one that
 * does not, and the user was told.
 */
const stateSchema = v.picklist(['planned', 'started', 'done', 'already', 'interrupted', 'refused']);

/** A change of several steps as it is kept in a file: names, ids and values of credentials, never a token or a secret. */
export const journalEntrySchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.uuid()),
  /** Milliseconds since the Unix epoch. */
  startedAt: v.number(),
  /** What the change was about, for example the identity's name. */
  title: text,
  /** A form comes back after a reload and goes on by itself. */
  surface: v.picklist(['form', 'other']),
  steps: v.pipe(v.array(v.object({ change: changeSchema, state: stateSchema })), v.maxLength(200)),
});

/** See `journalEntrySchema`. */
export type JournalEntry = v.InferOutput<typeof journalEntrySchema>;

/** One thing that a change makes other than it was. */
export type Change = JournalEntry['steps'][number]['change'];

/** Where a step stands. */
export type StepState = v.InferOutput<typeof stateSchema>;

/** True while going on or undoing would have something to do, or at least to look at. */
export function isUnfinished({ steps }: JournalEntry): boolean {
  return steps.some(({ state }) => state === 'planned' || state === 'started' || state === 'interrupted');
}
