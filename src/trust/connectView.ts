import * as v from 'valibot';
import { userEventSchema } from './connectEvents.ts';

/** Picks shape and colour; the words beside it say the same. */
const status = v.picklist([
  'none', 'create', 'keep', 'replace', 'conflict', 'unconfirmed', 'waiting', 'writing', 'done', 'failed', 'skipped',
]);

/** A button: what it says, what assistive technology hears instead where that needs the object's name, what it does. */
const action = v.strictObject({
  label: v.string(),
  accessibleName: v.exactOptional(v.string()),
  event: userEventSchema,
  style: v.picklist(['primary', 'secondary', 'link']),
  disabled: v.exactOptional(v.boolean()),
});

const notice = v.strictObject({ status, text: v.string(), actions: v.array(action) });

const quota = v.strictObject({ used: v.number(), planned: v.number(), limit: v.number(), text: v.string() });

const fact = v.strictObject({
  label: v.string(),
  value: v.string(),
  style: v.picklist(['text', 'code', 'strong']),
  copy: v.exactOptional(action),
  status: v.exactOptional(status),
  quota: v.exactOptional(quota),
});

const section = v.strictObject({
  title: v.string(),
  actions: v.array(action),
  /** Said while there are no facts. */
  text: v.exactOptional(v.string()),
  /** Stand below `text`, as the section's one next step. */
  prompts: v.array(action),
  busy: v.boolean(),
  facts: v.array(fact),
  notices: v.array(notice),
});

const change = v.strictObject({ label: v.string(), before: v.string(), after: v.string() });

/** One workload. `title` names every control of the row for assistive technology. */
const row = v.strictObject({
  id: v.string(),
  title: v.string(),
  status,
  statusText: v.string(),
  ticked: v.boolean(),
  locked: v.boolean(),
  /** `system:serviceaccount:<namespace>:`, shared by the rows and cut first where space is short. */
  subjectPrefix: v.string(),
  serviceAccount: v.string(),
  serviceAccountEditable: v.boolean(),
  credentialName: v.string(),
  nameEditable: v.boolean(),
  nameProblem: v.exactOptional(v.string()),
  changes: v.array(change),
  /** Sentences below the row: why, and what to compare. */
  reasons: v.array(v.string()),
  actions: v.array(action),
});

const connection = v.strictObject({
  connectionId: v.string(),
  connectionIdProblem: v.exactOptional(v.string()),
  clientId: v.string(),
  tenantId: v.string(),
  subscriptionId: v.string(),
  subscriptionIdProblem: v.exactOptional(v.string()),
  targets: v.array(v.strictObject({ uri: v.string(), label: v.string() })),
  target: v.string(),
  targetHint: v.string(),
  notices: v.array(notice),
  /** Both versions of an entry that holds other values, and the user's choice. */
  differs: v.exactOptional(v.strictObject({ existing: v.string(), wanted: v.string(), overwrite: v.boolean(), label: v.string() })),
  preview: v.exactOptional(
    v.strictObject({
      title: v.string(),
      lines: v.array(v.strictObject({ kind: v.picklist(['same', 'removed', 'added']), text: v.string() })),
    }),
  ),
});

/** One line of "What was done". */
const outcomeLine = v.strictObject({
  status,
  text: v.string(),
  /** Row to jump to. */
  rowId: v.exactOptional(v.string()),
  action: v.exactOptional(action),
});

/** Everything a surface shows, in the user's language. The page draws it and knows nothing else. */
export const connectViewSchema = v.strictObject({
  phase: v.picklist(['empty', 'review', 'applying', 'done']),
  title: v.string(),
  subtitle: v.string(),
  notices: v.array(notice),
  outcome: v.exactOptional(v.strictObject({ title: v.string(), lines: v.array(outcomeLine), nextTitle: v.string(), next: v.array(v.string()) })),
  deployment: section,
  identity: section,
  credentials: v.strictObject({
    title: v.string(),
    actions: v.array(action),
    text: v.string(),
    /** Part of `text` to be set in the editor's font. */
    audience: v.exactOptional(v.string()),
    rows: v.array(row),
    notices: v.array(notice),
  }),
  connection: v.strictObject({ title: v.string(), text: v.exactOptional(v.string()), form: v.exactOptional(connection) }),
  footer: v.strictObject({
    headline: v.string(),
    detail: v.string(),
    progress: v.exactOptional(v.strictObject({ done: v.number(), total: v.number() })),
    actions: v.array(action),
  }),
});

export type ConnectView = v.InferOutput<typeof connectViewSchema>;
export type ActionView = v.InferOutput<typeof action>;
export type NoticeView = v.InferOutput<typeof notice>;
export type FactView = v.InferOutput<typeof fact>;
export type SectionView = v.InferOutput<typeof section>;
export type RowView = v.InferOutput<typeof row>;
export type ConnectionView = v.InferOutput<typeof connection>;
export type OutcomeLineView = v.InferOutput<typeof outcomeLine>;
export type ViewStatus = v.InferOutput<typeof status>;

/**
 * Host to page. `revision` grows by one per view; `heard` counts the page's `user` messages since its `ready` that the view takes
 * into account; `saved` is what the page keeps for a reload of the window.
 */
export const hostMessageSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('view'),
    revision: v.number(),
    heard: v.number(),
    view: connectViewSchema,
    saved: v.unknown(),
    text: v.exactOptional(v.record(v.string(), v.string())),
  }),
]);

/** Page to host. */
export const pageMessageSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ready') }),
  v.strictObject({ kind: v.literal('user'), event: userEventSchema }),
]);

export type HostMessage = v.InferOutput<typeof hostMessageSchema>;
export type PageMessage = v.InferOutput<typeof pageMessageSchema>;
