import * as v from 'valibot';
import type { IdentityRef } from '../../identity/managedIdentity.ts';

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
});

/** What the page keeps over a reload of the window: which identity it shows, and nothing that was read. */
export type SavedDetails = v.InferInput<typeof savedSchema>;

/** The identity as plain data. */
export function saveDetails({ account, tenantId, subscriptionId, resourceGroup, name }: IdentityRef): SavedDetails {
  return { version: 1, identity: { account: { id: account.id, label: account.label }, tenantId, subscriptionId, resourceGroup, name } };
}

/** The identity that a page showed; `undefined` for what does not parse. */
export function savedIdentity(saved: unknown): IdentityRef | undefined {
  const parsed = v.safeParse(savedSchema, saved);
  return parsed.success ? parsed.output.identity : undefined;
}
