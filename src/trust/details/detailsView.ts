import * as v from 'valibot';
import type { ActionOf, FactOf, NoticeOf } from '../../page/viewParts.ts';
import { changeSchema, statusSchema, viewPartsOf } from '../../page/viewParts.ts';
import type { DetailsEvent } from './detailsEvents.ts';
import { detailsEventSchema } from './detailsEvents.ts';

const { action, notice, fact } = viewPartsOf(detailsEventSchema);

/** What the wide cell of a row shows. */
const value = v.variant('kind', [
  v.strictObject({ kind: v.literal('subject'), prefix: v.string(), rest: v.string() }),
  v.strictObject({ kind: v.literal('code'), text: v.string() }),
  v.strictObject({ kind: v.literal('text'), text: v.string() }),
  v.strictObject({ kind: v.literal('link'), action }),
]);

const row = v.strictObject({
  id: v.string(),
  name: v.string(),
  isCode: v.boolean(),
  value,
  /** Old against new, below the value. */
  changes: v.array(changeSchema),
  /** Sentences below that. */
  remarks: v.array(v.string()),
  status: statusSchema,
  statusText: v.string(),
  /** In place of the shape that the status has. */
  statusIcon: v.exactOptional(v.string()),
  /** Shown as icons; `icon` is a codicon's name. Without one the button shows its label. */
  buttons: v.array(v.strictObject({ icon: v.exactOptional(v.string()), action })),
});

const group = v.strictObject({
  id: v.string(),
  /** Absent where the table has no groups. */
  title: v.exactOptional(v.string()),
  detail: v.string(),
  remark: v.string(),
  actions: v.array(action),
  rows: v.array(row),
});

const table = v.strictObject({
  title: v.string(),
  actions: v.array(action),
  busy: v.boolean(),
  /** Said above the rows, or in their place. */
  text: v.string(),
  notices: v.array(notice),
  /** Heads of the columns: name, value, status, and buttons where rows have any. */
  heads: v.array(v.string()),
  groups: v.array(group),
});

/** Everything the page of an identity shows, in the user's language. The page draws it and knows nothing else. */
export const detailsViewSchema = v.strictObject({
  title: v.string(),
  /** What it is and when it was read; the page's one progress announcer. */
  subtitle: v.string(),
  actions: v.array(action),
  facts: v.strictObject({ title: v.string(), busy: v.boolean(), notices: v.array(notice), columns: v.array(v.array(fact)), wide: v.array(fact) }),
  credentials: table,
  roles: table,
  connections: table,
});

export type DetailsView = v.InferOutput<typeof detailsViewSchema>;
export type TableView = v.InferOutput<typeof table>;
export type GroupView = v.InferOutput<typeof group>;
export type DetailsRowView = v.InferOutput<typeof row>;
export type DetailsAction = ActionOf<DetailsEvent>;
export type DetailsNotice = NoticeOf<DetailsEvent>;
export type DetailsFact = FactOf<DetailsEvent>;
