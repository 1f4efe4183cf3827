/** What VS Code keeps for the page: for its next life in this window, and for a reload of the window. */
export interface KeptState {
  /** The host's own, handed back to it unread. */
  readonly saved: unknown;
  /** Pixels from the top. */
  readonly scroll: number;
}

/** Reads a state that VS Code kept; whatever is no such state gives the one of a new page. */
export function keptStateOf(state: unknown): KeptState {
  if (typeof state !== 'object' || state === null) {
    return { saved: undefined, scroll: 0 };
  }
  const scroll = 'scroll' in state && typeof state.scroll === 'number' ? state.scroll : 0;
  return { saved: 'saved' in state ? state.saved : undefined, scroll };
}
