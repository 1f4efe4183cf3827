import type { ConnectEvent, ConnectState, Effect } from './connectState.ts';
import { reduceConnect } from './connectReducer.ts';

/** Runs one effect and answers by dispatching events. Failures are answers too: an effect never throws. */
export type EffectRunner = (effect: Effect, session: ConnectSession) => void;

/** One run of the flow: holds its state, feeds events to the state machine and effects to the world. */
export class ConnectSession {
  readonly #runEffect: EffectRunner;
  readonly #listeners = new Set<(state: ConnectState) => void>();
  #state: ConnectState;

  constructor(runEffect: EffectRunner, state: ConnectState) {
    this.#runEffect = runEffect;
    this.#state = state;
  }

  get state(): ConnectState {
    return this.#state;
  }

  /** Moves the flow on; listeners see the new state before its effects run. */
  dispatch(event: ConnectEvent): void {
    const { state, effects } = reduceConnect(this.#state, event);
    if (state !== this.#state) {
      this.#state = state;
      for (const listener of this.#listeners) {
        listener(state);
      }
    }
    for (const effect of effects) {
      this.#runEffect(effect, this);
    }
  }

  /** Calls `listener` after every change; the result unsubscribes. */
  onDidChange(listener: (state: ConnectState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Resolves with the first state that `reached` accepts; the current one counts. */
export async function settled(session: ConnectSession, reached: (state: ConnectState) => boolean): Promise<ConnectState> {
  if (reached(session.state)) {
    return session.state;
  }
  return new Promise((resolve) => {
    const unsubscribe = session.onDidChange((state) => {
      if (reached(state)) {
        unsubscribe();
        resolve(state);
      }
    });
  });
}
