import * as v from 'valibot';

/** What a user did on a page, as far as drawing needs to know it. */
export interface PageEvent {
  readonly kind: string;
}

const statuses = ['none', 'create', 'keep', 'replace', 'conflict', 'unconfirmed', 'waiting', 'writing', 'done', 'failed', 'skipped'] as const;

/** Picks shape and colour; the words beside it say the same. */
export type ViewStatus = (typeof statuses)[number];

/** A button: what it says, what assistive technology hears instead where that needs the object's name, what it does. */
export interface ActionOf<Event> {
  readonly label: string;
  readonly accessibleName?: string;
  readonly event: Event;
  readonly style: 'primary' | 'secondary' | 'link';
  readonly disabled?: boolean;
}

/** A sentence and its ways out. */
export interface NoticeOf<Event> {
  readonly status: ViewStatus;
  readonly text: string;
  readonly actions: readonly ActionOf<Event>[];
}

/** How many of an identity's credentials are in use. */
export interface QuotaView {
  readonly used: number;
  readonly planned: number;
  readonly limit: number;
  readonly text: string;
}

/** A name and its value. */
export interface FactOf<Event> {
  readonly label: string;
  readonly value: string;
  readonly style: 'text' | 'code' | 'strong';
  readonly copy?: ActionOf<Event>;
  readonly edit?: ActionOf<Event>;
  readonly status?: ViewStatus;
  readonly quota?: QuotaView;
}

/** An old value against a new one. */
export interface ChangeView {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Schema of `ViewStatus`. */
export const statusSchema: v.GenericSchema<unknown, ViewStatus> = v.picklist(statuses);

/** Schema of `ChangeView`. */
export const changeSchema: v.GenericSchema<unknown, ChangeView> = v.strictObject({ label: v.string(), before: v.string(), after: v.string() });

/** The schemas of these parts for a page with these events. */
export function viewPartsOf<Event extends PageEvent>(event: v.GenericSchema<unknown, Event>): {
  readonly action: v.GenericSchema<unknown, ActionOf<Event>>;
  readonly notice: v.GenericSchema<unknown, NoticeOf<Event>>;
  readonly fact: v.GenericSchema<unknown, FactOf<Event>>;
} {
  const action: v.GenericSchema<unknown, ActionOf<Event>> = v.strictObject({
    label: v.string(),
    accessibleName: v.exactOptional(v.string()),
    event,
    style: v.picklist(['primary', 'secondary', 'link']),
    disabled: v.exactOptional(v.boolean()),
  });
  const notice = v.strictObject({ status: statusSchema, text: v.string(), actions: v.array(action) });
  const quota = v.strictObject({ used: v.number(), planned: v.number(), limit: v.number(), text: v.string() });
  const fact = v.strictObject({
    label: v.string(),
    value: v.string(),
    style: v.picklist(['text', 'code', 'strong']),
    copy: v.exactOptional(action),
    edit: v.exactOptional(action),
    status: v.exactOptional(statusSchema),
    quota: v.exactOptional(quota),
  });
  return { action, notice, fact };
}
