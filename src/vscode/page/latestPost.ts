/** Milliseconds between two posts: two frames, below what a person sees as a delay. */
const pauseMs = 30;

/**
 * Posts the latest value, at most once per pause: the first at once, those that follow as one, and the last one always.
 * While not open, it only keeps the latest.
 */
export class LatestPost<T> {
  readonly #post: (value: T) => void;
  #latest: { readonly value: T } | undefined;
  #unsent = false;
  #open = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(post: (value: T) => void) {
    this.#post = post;
  }

  /** Takes a newer value. */
  offer(value: T): void {
    this.#latest = { value };
    this.#unsent = true;
    if (this.#timer === undefined) {
      this.#flush();
    }
  }

  /** Whoever receives is there, and knows nothing yet: posts the latest value at once. */
  open(): void {
    this.#open = true;
    this.#unsent = this.#latest !== undefined;
    this.#stopTimer();
    this.#flush();
  }

  /** Whoever received is gone. Nothing is posted until it is back. */
  close(): void {
    this.#open = false;
    this.#stopTimer();
  }

  #flush(): void {
    if (this.#open && this.#unsent && this.#latest !== undefined) {
      this.#unsent = false;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#flush();
      }, pauseMs);
      this.#post(this.#latest.value);
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
