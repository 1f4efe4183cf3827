interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * The world's time: propagation windows, token lifetimes and rate-limit buckets all read it.
 * It flows with real time plus what tests moved it by, or stands still until it is moved.
 */
export class WorldClock {
  #offset = 0;
  #frozenAt: number | undefined;
  readonly #sleepers = new Set<Sleeper>();

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  /** Moves time forward (or back, with a negative value) and wakes who waited for a moment that has passed now. */
  advance(ms: number): void {
    if (this.#frozenAt === undefined) {
      this.#offset += ms;
    } else {
      this.#frozenAt += ms;
    }
    this.#rearm();
  }

  /** Moves time to a moment given in milliseconds since the Unix epoch. */
  set(epochMs: number): void {
    this.advance(epochMs - this.now());
  }

  /** From now on only `advance` and `set` move time. */
  freeze(): void {
    this.#frozenAt = this.now();
    this.#rearm();
  }

  /** Time flows again from where it stands. */
  flow(): void {
    if (this.#frozenAt !== undefined) {
      this.#offset = this.#frozenAt - Date.now();
      this.#frozenAt = undefined;
      this.#rearm();
    }
  }

  /** Resolves when the world's time has moved on by `ms` milliseconds. */
  sleep(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => this.#arm(this.now() + ms, resolve));
  }

  /** Wakes everyone at once; for the end of a world, so that no request and no timer outlives it. */
  wakeAll(): void {
    for (const sleeper of this.#sleepers) {
      clearTimeout(sleeper.timer);
      sleeper.wake();
    }
    this.#sleepers.clear();
  }

  #arm(due: number, wake: () => void): void {
    const timer = this.#frozenAt === undefined ? setTimeout(() => this.#ring(sleeper), Math.max(0, due - this.now())) : undefined;
    const sleeper: Sleeper = { due, wake, timer };
    this.#sleepers.add(sleeper);
  }

  #ring(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    this.#sleepers.delete(sleeper);
    sleeper.wake();
  }

  #rearm(): void {
    const waiting = [...this.#sleepers];
    this.#sleepers.clear();
    for (const sleeper of waiting) {
      clearTimeout(sleeper.timer);
      if (sleeper.due <= this.now()) {
        sleeper.wake();
      } else {
        this.#arm(sleeper.due, sleeper.wake);
      }
    }
  }
}
