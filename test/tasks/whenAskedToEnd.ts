const watchMs = 1000;

/**
 * Calls `end` once, when this process is asked to end: by Ctrl-C, by a signal, by the terminal going away, or because the process that
 * started it is gone (npm and the shell between can be killed without handing anything on).
 */
export function whenAskedToEnd(end: () => void): void {
  let asked = false;
  const ask = (): void => {
    if (!asked) {
      asked = true;
      end();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, ask);
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) {
      ask();
    }
  }, watchMs).unref();
}
