import * as v from 'valibot';
import { changeSchema, statusSchema as status, viewPartsOf } from '../page/viewParts.ts';
import { userEventSchema } from './connectEvents.ts';

const { action, notice, fact } = viewPartsOf(userEventSchema);

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
  changes: v.array(changeSchema),
  /** Sentences below the row: why, and what to compare. */
  reasons: v.array(v.string()),
  actions: v.array(action),
});

const connection = v.strictObject({
  connectionId: v.string(),
  connectionIdProblem: v.exactOptional(v.string()),
  clientId: v.string(),
  tenantId: v.string(),
  /** Id of the chosen type, and all that can be chosen. */
  type: v.string(),
  types: v.array(v.strictObject({ id: v.string(), label: v.string() })),
  typeHint: v.string(),
  /** Empty where the id is the one that operators look for. */
  connectionIdHint: v.string(),
  /** The fields of the type, in the order they are asked for. */
  fields: v.array(v.strictObject({
    id: v.string(),
    label: v.string(),
    value: v.string(),
    /** What the field is for; empty once something stands in it. */
    hint: v.string(),
    placeholder: v.string(),
    problem: v.exactOptional(v.string()),
    /** What a button beside it says; absent where there is nothing to choose from. */
    choose: v.exactOptional(v.strictObject({ label: v.string(), accessibleName: v.string() })),
  })),
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

/** A role on a scope. */
const accessRow = v.strictObject({
  id: v.string(),
  role: v.string(),
  /** In words, such as "container raw in stdatalake". */
  scope: v.string(),
  scopeId: v.string(),
  status,
  statusText: v.string(),
  /** In place of the shape that the status has. */
  statusIcon: v.exactOptional(v.string()),
  /** Sentences below the row. */
  reasons: v.array(v.string()),
  actions: v.array(action),
});

const access = v.strictObject({ title: v.string(), actions: v.array(action), text: v.string(), rows: v.array(accessRow) });

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
  /** Absent while there is nobody to give a role to. */
  access: v.exactOptional(access),
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
export type AccessView = v.InferOutput<typeof access>;
export type AccessRowView = v.InferOutput<typeof accessRow>;
export type ConnectionView = v.InferOutput<typeof connection>;
export type OutcomeLineView = v.InferOutput<typeof outcomeLine>;
