/** Items that VS Code takes per millisecond, cautiously: a pick sends all of its items to the window anew each time. */
const itemsPerMs = 10;

/** A row that is drawn anew while it is being clicked does not notice the click. */
const leastMs = 250;

/**
 * Gives `draw` for a list that grows while it is shown: a call is passed over while the one before is still being paid for, or looked at.
 * Whoever uses it draws once more at the end. `now` in milliseconds.
 */
export function paced(draw: () => number, now: () => number = () => performance.now()): () => void {
  let free = -Infinity;
  return () => {
    if (now() >= free) {
      const count = draw();
      free = now() + Math.max(leastMs, count / itemsPerMs);
    }
  };
}
