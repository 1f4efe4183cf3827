import * as v from 'valibot';
import { deploymentSchema } from '../deployment/deploymentSchema.ts';
import type { IdentityRef } from '../identity/managedIdentity.ts';
import { accessRow } from './connectAccess.ts';
import { chosenRefs } from './connectPlan.ts';
import { emptyConnection } from './connectConnection.ts';
import { emptyConnect } from './connectReducer.ts';
import type { Step } from './connectStep.ts';
import type { ConnectState, Effect } from './connectState.ts';

const text = v.pipe(v.string(), v.maxLength(4_000));

const scopeSchema = v.object({
  account: v.object({ id: text, label: text }),
  tenantId: text,
  id: text,
  kind: v.picklist(['subscription', 'resourceGroup', 'storageAccount', 'container', 'vault', 'factory', 'other']),
  name: text,
  subscriptionId: text,
});

/** What the form keeps over a reload of the window: choices and inputs, never what was read or a secret. */
const savedSchema = v.object({
  version: v.literal(1),
  deployment: v.optional(deploymentSchema),
  identity: v.optional(
    v.object({
      account: v.object({ id: text, label: text }),
      tenantId: text,
      subscriptionId: text,
      resourceGroup: text,
      name: text,
    }),
  ),
  rows: v.pipe(
    v.array(
      v.object({
        id: text,
        title: text,
        serviceAccount: text,
        credentialName: text,
        confirmed: v.boolean(),
        recommended: v.boolean(),
        /** Absent in what was saved before disaster recovery was part of the flow. */
        recovery: v.optional(v.boolean(), false),
        added: v.boolean(),
        ticked: v.optional(v.boolean()),
      }),
    ),
    v.maxLength(200),
  ),
  editSubjects: v.boolean(),
  /** Absent in what was saved before roles were part of the flow. */
  access: v.optional(v.pipe(v.array(v.object({ scope: scopeSchema, roleId: text, roleName: text })), v.maxLength(100)), []),
  connection: v.pipe(
    v.object({
      connectionId: text,
      /** In what was saved before there were other types than `azure`. */
      subscriptionId: v.optional(text),
      type: v.optional(text, 'azure'),
      values: v.optional(v.record(text, text), {}),
      target: text,
      declined: v.boolean(),
    }),
    v.transform(({ subscriptionId, values, ...connection }) => ({ ...connection, values: subscriptionId === undefined ? values : { subscriptionId, ...values } })),
  ),
});

/** What `restoreConnect` takes back. Plain data. */
export type SavedConnect = v.InferInput<typeof savedSchema>;

/** The user's choices and inputs as plain data. */
export function saveConnect(state: ConnectState): SavedConnect {
  const { rows, editSubjects, access, connection } = state;
  const { deployment, identity } = chosenRefs(state);
  return {
    version: 1,
    ...(deployment === undefined ? {} : { deployment }),
    ...(identity === undefined ? {} : { identity: refOf(identity) }),
    rows: rows.map((row) => ({ ...row })),
    editSubjects,
    access: access.map(({ scope, roleId, roleName }) => ({ scope: { ...scope }, roleId, roleName })),
    connection: { connectionId: connection.connectionId, type: connection.type, values: { ...connection.values }, target: connection.target, declined: connection.declined },
  };
}

/**
 * The flow as it was left, with effects that read everything again. What does not parse (an older version, a page that
 * was tampered with) gives the empty flow.
 * @param audience that credentials are written with
 * @param azCloud as `azCloudName` gives it
 */
export function restoreConnect(saved: unknown, audience: string, azCloud?: string): Step {
  const parsed = v.safeParse(savedSchema, saved);
  if (!parsed.success) {
    return { state: emptyConnect(audience, azCloud), effects: [] };
  }
  const { deployment, identity, rows, editSubjects, access, connection } = parsed.output;
  const effects: Effect[] = [];
  if (deployment !== undefined) {
    effects.push({ kind: 'readDeployment', deployment });
  }
  if (identity !== undefined) {
    effects.push({ kind: 'readIdentity', ref: identity });
  }
  return {
    state: {
      ...emptyConnect(audience, azCloud),
      deployment: deployment === undefined ? { kind: 'none' } : { kind: 'chosen', value: deployment },
      identity: identity === undefined ? { kind: 'none' } : { kind: 'loading', ref: identity },
      rows: rows.map((row) => ({ ...row, ticked: row.ticked })),
      editSubjects,
      access: access.map(({ scope, roleId, roleName }) => accessRow(scope, { roleId, name: roleName })),
      connection: { ...emptyConnection, ...connection },
    },
    effects,
  };
}

function refOf({ account, tenantId, subscriptionId, resourceGroup, name }: IdentityRef): IdentityRef {
  return { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name };
}
