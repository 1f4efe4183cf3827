import * as v from 'valibot';
import type { PageEvent } from './viewParts.ts';

/**
 * Host to page. `revision` grows by one per view; `heard` counts the page's `user` messages since its `ready` that the view takes
 * into account; `saved` is what the page keeps for a reload of the window; `text` is the user's language, sent once.
 */
export interface HostMessage<View> {
  readonly kind: 'view';
  readonly revision: number;
  readonly heard: number;
  readonly view: View;
  readonly saved: unknown;
  readonly text?: Readonly<Record<string, string>>;
}

/** Page to host. */
export type PageMessage<Event> = { readonly kind: 'ready' } | { readonly kind: 'user'; readonly event: Event };

/** Schema of the messages to a page that draws views of this schema. */
export function hostMessageSchemaOf<View>(view: v.GenericSchema<unknown, View>): v.GenericSchema<unknown, HostMessage<View>> {
  return v.strictObject({
    kind: v.literal('view'),
    revision: v.number(),
    heard: v.number(),
    view,
    saved: v.unknown(),
    text: v.exactOptional(v.record(v.string(), v.string())),
  });
}

/** Schema of the messages from a page with these events. */
export function pageMessageSchemaOf<Event extends PageEvent>(event: v.GenericSchema<unknown, Event>): v.GenericSchema<unknown, PageMessage<Event>> {
  return v.variant('kind', [
    v.strictObject({ kind: v.literal('ready') }),
    v.strictObject({ kind: v.literal('user'), event }),
  ]);
}
