/** One who looks at a time: who looks anew does so before the former look ends, so that what both want goes on. */
export class Lookout {
  #looking: AbortController | undefined;

  /** Ends the former look once the new one has begun. */
  async begin(look: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const before = this.#looking;
    const looking = new AbortController();
    this.#looking = looking;
    const done = look(looking.signal);
    before?.abort();
    await done;
  }

  /** Nobody looks any more. */
  end(): void {
    this.#looking?.abort();
    this.#looking = undefined;
  }
}
