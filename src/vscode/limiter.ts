/**
 * Runs at most `limit` tasks at once, the others in the order they came. The bounds used here (3 tenants, 5
 * subscriptions) are those of microsoft/vscode-azuretools `auth`.
 */
export class Limiter {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Gives what the task gives, once it had its turn. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    const leave = await this.turn();
    try {
      return await task();
    } finally {
      leave();
    }
  }

  /** Waits for a turn; it lasts until what this gives is called, once. */
  async turn(): Promise<() => void> {
    if (this.#running >= this.#limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#running--;
      } else {
        // The place is handed on, so that no newcomer takes it in between.
        next();
      }
    };
  }
}
