import type { ConnectState, Effect } from './connectState.ts';

/** A step of the flow: the next state, and what the world is asked to do. */
export interface Step {
  readonly state: ConnectState;
  readonly effects: readonly Effect[];
}

/** A step to `state` that asks for `effects`. */
export const only = (state: ConnectState, ...effects: readonly Effect[]): Step => ({ state, effects });
