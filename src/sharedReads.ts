import type { Clock } from './clock.ts';
import { canceled, untilCanceled } from './cancel.ts';

interface Read<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
  /** Milliseconds since the Unix epoch; `undefined` while the answer is on its way. */
  goodUntil: number | undefined;
}

/**
 * Answers that many callers want at once or soon after each other, each asked for once. A failed read is not kept; one that
 * nobody waits for any more is aborted.
 */
export class SharedReads<T> {
  readonly #clock: Clock;
  readonly #keptMs: number;
  readonly #reads = new Map<string, Read<T>>();

  /** `keptMs`: how long an answer is given again; `Infinity` until `forget`. */
  constructor(clock: Clock, keptMs: number) {
    this.#clock = clock;
    this.#keptMs = keptMs;
  }

  /** The answer for a key. @throws what `ask` throws; an AbortError as soon as the signal is aborted. */
  async read(key: string, ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const known = this.#reads.get(key);
    const isGood = known !== undefined && (known.goodUntil === undefined || known.goodUntil > this.#clock.now());
    const read = isGood ? known : this.#start(key, ask);
    read.waiting += 1;
    try {
      return await untilCanceled(read.answer, signal);
    } catch (error) {
      // An abort leaves the read to the others.
      if (!signal.aborted) {
        this.#drop(key, read);
      }
      throw error;
    } finally {
      read.waiting -= 1;
      if (read.waiting === 0 && read.goodUntil === undefined) {
        read.stop.abort(canceled());
        this.#drop(key, read);
      }
    }
  }

  /** Asks anew the next time, for example because accounts were signed in or out. */
  forget(): void {
    this.#reads.clear();
  }

  #start(key: string, ask: (signal: AbortSignal) => Promise<T>): Read<T> {
    const stop = new AbortController();
    const answer = ask(stop.signal).then((value) => {
      read.goodUntil = this.#clock.now() + this.#keptMs;
      return value;
    });
    const read: Read<T> = { answer, stop, waiting: 0, goodUntil: undefined };
    this.#reads.set(key, read);
    return read;
  }

  #drop(key: string, read: Read<T>): void {
    if (this.#reads.get(key) === read) {
      this.#reads.delete(key);
    }
  }
}
