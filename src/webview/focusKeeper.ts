/** Where the focus stood, in terms that outlive the element. */
interface Place {
  readonly element: Element;
  readonly rowId: string | undefined;
  /** Rows after and before this one, nearest first, for when the row itself goes. */
  readonly neighbours: readonly string[];
  readonly section: string | undefined;
  readonly event: string | undefined;
}

const controls = 'button, input, select';

/**
 * Moves the focus where the page's rules say, and never lets it fall back to the top of the page: to Stop when applying
 * begins, to the title when it ends, to a row's tick after its way out was taken, and to what stands nearest when the
 * focused control is gone.
 */
export class FocusKeeper {
  readonly #root: Element;
  #phase: string | undefined;
  #tickWanted: string | undefined;

  constructor(root: Element) {
    this.#root = root;
  }

  /** The user took the way out of a row's conflict: its tick gets the focus once it can be ticked. */
  wantTick(rowId: string): void {
    this.#tickWanted = rowId;
  }

  /** Shows a row and gives it the focus. */
  showRow(rowId: string): void {
    const row = this.#row(rowId);
    const target = row?.querySelector<HTMLElement>('input[type="checkbox"]:enabled') ?? row?.querySelector<HTMLElement>('th');
    row?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }

  /** Draws by `draw`, then puts the focus where it belongs in the new view, which is in this phase of its flow. */
  around(phase: string, draw: () => void): void {
    const place = this.#place();
    const before = this.#phase;
    this.#phase = phase;
    draw();
    if (before !== undefined && before !== phase && (before === 'applying' || before === 'done' || phase === 'applying' || phase === 'done')) {
      this.#tickWanted = undefined;
      this.#enterPhase(phase);
      return;
    }
    if (place !== undefined && !this.#takeWantedTick(place) && isLost(place.element)) {
      this.#nearest(place)?.focus();
    }
  }

  /**
   * A webview that has not got the window's focus must not take it from where the user works: it scrolls now and moves the
   * focus once it gets it. Scrolling only then would pull the page away below the click that gave it the focus.
   */
  #enterPhase(phase: string): void {
    if (document.hasFocus()) {
      this.#entry(phase)?.focus();
    } else {
      this.#entry(phase)?.scrollIntoView({ block: 'nearest' });
      window.addEventListener('focus', () => this.#entry(phase)?.focus({ preventScroll: true }), { once: true });
    }
  }

  #entry(phase: string): HTMLElement | null {
    const stop = this.#root.querySelector<HTMLElement>('[data-section="footer"] [data-event="stop"]');
    return phase === 'applying' && stop !== null ? stop : this.#title();
  }

  #title(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('h1');
  }

  /** Only while the user has not gone on to something else. */
  #takeWantedTick(place: Place): boolean {
    if (this.#tickWanted === undefined) {
      return false;
    }
    if (place.rowId !== this.#tickWanted) {
      this.#tickWanted = undefined;
      return false;
    }
    const tick = this.#tick(this.#tickWanted);
    if (tick === undefined) {
      return false;
    }
    this.#tickWanted = undefined;
    tick.focus();
    return true;
  }

  #nearest(place: Place): HTMLElement | null | undefined {
    if (place.element instanceof HTMLElement && place.element.isConnected && !place.element.matches(':disabled')) {
      return place.element;
    }
    const section = this.#root.querySelector(`[data-section="${CSS.escape(place.section ?? '')}"]`);
    const sameEvent = place.event === undefined || place.rowId !== undefined
      ? undefined
      : section?.querySelector<HTMLElement>(`[data-event="${CSS.escape(place.event)}"]`);
    if (sameEvent !== undefined && sameEvent !== null) {
      return sameEvent;
    }
    for (const rowId of place.rowId === undefined ? [] : [place.rowId, ...place.neighbours]) {
      const inRow = this.#tick(rowId) ?? this.#row(rowId)?.querySelector<HTMLElement>(`:is(${controls}):enabled`);
      if (inRow !== undefined && inRow !== null) {
        return inRow;
      }
    }
    return section?.querySelector<HTMLElement>(`:is(${controls}):enabled`) ?? this.#title();
  }

  #place(): Place | undefined {
    const active = document.activeElement;
    if (active === null || active === document.body || !this.#root.contains(active)) {
      return undefined;
    }
    const row = active.closest('[data-row]');
    return {
      element: active,
      rowId: rowIdOf(row),
      neighbours: row === null ? [] : neighbours(row),
      section: active.closest('[data-section]')?.getAttribute('data-section') ?? undefined,
      event: active.getAttribute('data-event') ?? undefined,
    };
  }

  #row(rowId: string): Element | null {
    return this.#root.querySelector(`[data-row="${CSS.escape(rowId)}"]`);
  }

  #tick(rowId: string): HTMLElement | undefined {
    return this.#row(rowId)?.querySelector<HTMLElement>('input[type="checkbox"]:enabled') ?? undefined;
  }
}

function isLost(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled') || document.activeElement !== element;
}

function rowIdOf(row: Element | null): string | undefined {
  return row?.getAttribute('data-row') ?? undefined;
}

function neighbours(row: Element): readonly string[] {
  const rows = [...(row.parentElement?.querySelectorAll('[data-row]') ?? [])];
  const at = rows.indexOf(row);
  return [...rows.slice(at + 1), ...rows.slice(0, at).toReversed()].map((other) => rowIdOf(other) ?? '');
}
