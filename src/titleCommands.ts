import type { CommandId } from './contributions.ts';

/** Commands with a target that also stand in a view's title, where nothing may have the focus. */
export const titleCommands: ReadonlySet<CommandId> = new Set<CommandId>(['airflowIdentity.createIdentity', 'airflowIdentity.signInToTenant']);
