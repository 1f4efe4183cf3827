import type { Clock } from '../../clock.ts';

/** How long events are taken for echoes of an own call (microsoft/vscode-azuretools `auth`). */
const echoMs = 5000;
/** How long to wait for more of the same (same source). */
const debounceMs = 2000;

/** What the session events need. */
export interface SessionEventsPorts {
  readonly clock: Clock;
  /** Which accounts there are, in a form that compares. */
  readonly snapshot: () => Promise<string>;
  readonly changed: () => void;
}

/**
 * Tells changes of sessions by others from echoes of own calls: getting a session silently fires the same event as a
 * sign-in, and listing must not be restarted by its own token requests (microsoft/vscode-azuretools#2102).
 */
export class SessionEvents {
  readonly #ports: SessionEventsPorts;
  #known: string | undefined;
  #ownCalls = 0;
  #echoUntil = 0;
  #lastEvent = 0;
  #settling = false;

  constructor(ports: SessionEventsPorts) {
    this.#ports = ports;
  }

  /** Runs an own call whose events are echoes. */
  async own<T>(call: () => Promise<T>): Promise<T> {
    this.#ownCalls++;
    try {
      return await call();
    } finally {
      this.#ownCalls--;
      this.#echoUntil = this.#ports.clock.now() + echoMs;
    }
  }

  /**
   * Keeps which accounts were seen first after a change was told, so that an echo that hides a real change is found out. What
   * somebody sees later is not yet known to the others.
   */
  remember(snapshot: string): void {
    this.#known ??= snapshot;
  }

  /** Takes that a change was told by other means than an event. */
  told(): void {
    this.#known = undefined;
  }

  /** Takes an event of the provider. */
  async received(): Promise<void> {
    const now = this.#ports.clock.now();
    this.#lastEvent = now;
    if (this.#settling) {
      return;
    }
    this.#settling = true;
    const isEcho = this.#ownCalls > 0 || now < this.#echoUntil;
    try {
      for (let wait = debounceMs; wait > 0; wait = this.#lastEvent + debounceMs - this.#ports.clock.now()) {
        await this.#ports.clock.sleep(wait);
      }
    } finally {
      this.#settling = false;
    }
    if (!isEcho || (this.#known !== undefined && (await this.#ports.snapshot()) !== this.#known)) {
      this.told();
      this.#ports.changed();
    }
  }
}
