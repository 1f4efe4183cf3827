/** The middle one of some measurements (the lower one of two). @throws when there are none. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
  if (middle === undefined) {
    throw new Error('Nothing was measured.');
  }
  return middle;
}

/** Measures so many times, one after the other, and gives the run in the middle by what `by` reads from it. */
export async function medianRun<T>(runs: number, measure: () => Promise<T>, by: (run: T) => number): Promise<T> {
  const all: T[] = [];
  for (let run = 0; run < runs; run += 1) {
    all.push(await measure());
  }
  const middle = median(all.map(by));
  const found = all.find((run) => by(run) === middle);
  if (found === undefined) {
    throw new Error('Nothing was measured.');
  }
  return found;
}
