import * as v from 'valibot';
import type * as vscode from 'vscode';

/** Key in `globalState`, shared by all windows. */
const key = 'recentIdentities';

/** As many as anybody recognises; older ones are forgotten. */
const maxRemembered = 20;

const schema = v.array(v.object({ clientId: v.string(), at: v.number() }));

/** An identity that a connection was made with. */
export interface RecentIdentity {
  readonly clientId: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** The identities that connections were made with, latest first. What another version left behind and nobody understands counts as none. */
export function recentIdentities(state: Pick<vscode.Memento, 'get'>): readonly RecentIdentity[] {
  const stored = v.safeParse(schema, state.get(key));
  return stored.success ? stored.output.sort((one, other) => other.at - one.at) : [];
}

/** Remembers that a connection was made with an identity. `at` in milliseconds since the Unix epoch. */
export async function rememberIdentity(state: Pick<vscode.Memento, 'get' | 'update'>, clientId: string, at: number): Promise<void> {
  const others = recentIdentities(state).filter((recent) => recent.clientId !== clientId);
  await state.update(key, [{ clientId, at }, ...others].slice(0, maxRemembered));
}
