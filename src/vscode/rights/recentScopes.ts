import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { AccessScope } from '../../identity/accessScope.ts';
import { sameArmId } from '../../identity/armId.ts';
import type { TenantRef } from '../../identity/managedIdentity.ts';

/** Key in `globalState`, shared by all windows. */
const key = 'recentScopes';

/** As many as anybody recognises; older ones are forgotten. */
const maxRemembered = 10;

const schema = v.array(
  v.object({
    account: v.object({ id: v.string(), label: v.string() }),
    tenantId: v.string(),
    id: v.string(),
    kind: v.picklist(['subscription', 'resourceGroup', 'storageAccount', 'container', 'vault', 'factory', 'other']),
    name: v.string(),
    subscriptionId: v.string(),
  }),
);

/** The scopes of a tenant that roles were given on here, latest first. What another version left behind and nobody understands counts as none. */
export function recentScopes(state: Pick<vscode.Memento, 'get'>, { account, tenantId }: TenantRef): readonly AccessScope[] {
  return stored(state).filter((scope) => scope.account.id === account.id && scope.tenantId === tenantId);
}

/** Remembers that a role was given on a scope. */
export async function rememberScope(state: Pick<vscode.Memento, 'get' | 'update'>, scope: AccessScope): Promise<void> {
  const { account, tenantId, id, kind, name, subscriptionId } = scope;
  const others = stored(state).filter((recent) => recent.account.id !== account.id || !sameArmId(recent.id, id));
  await state.update(key, [{ account: { id: account.id, label: account.label }, tenantId, id, kind, name, subscriptionId }, ...others].slice(0, maxRemembered));
}

function stored(state: Pick<vscode.Memento, 'get'>): readonly AccessScope[] {
  const parsed = v.safeParse(schema, state.get(key));
  return parsed.success ? parsed.output : [];
}
