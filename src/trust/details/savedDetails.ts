import * as v from 'valibot';
import type { DetailsState } from './detailsState.ts';

const text = v.pipe(v.string(), v.maxLength(2_000));

const savedSchema = v.object({
  version: v.literal(1),
  identity: v.object({
    account: v.object({ id: text, label: text }),
    tenantId: text,
    subscriptionId: text,
    resourceGroup: text,
    name: text,
  }),
  subscriptionName: text,
  tenantName: text,
});

/** What the page keeps over a reload of the window: which identity it shows, and what people call its place. */
export type SavedDetails = v.InferInput<typeof savedSchema>;

/** The page as plain data. */
export function saveDetails({ ref, subscriptionName, tenantName }: Pick<DetailsState, 'ref' | 'subscriptionName' | 'tenantName'>): SavedDetails {
  const { account, tenantId, subscriptionId, resourceGroup, name } = ref;
  return { version: 1, identity: { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name }, subscriptionName, tenantName };
}

/** What a page showed; `undefined` for what does not parse. */
export function restoreDetails(saved: unknown): SavedDetails | undefined {
  const parsed = v.safeParse(savedSchema, saved);
  return parsed.success ? parsed.output : undefined;
}
