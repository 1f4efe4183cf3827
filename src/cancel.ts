/** The error that every canceled call ends with, whatever reason its signal carries. */
export function canceled(): DOMException {
  return new DOMException('Canceled', 'AbortError');
}

/**
 * The promise's value, or an `AbortError` as soon as the signal is aborted. What the promise stands for goes on; use it
 * for work that cannot be stopped or that others wait for too.
 */
export function untilCanceled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(canceled());
    if (signal.aborted) {
      onAbort();
    }
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
