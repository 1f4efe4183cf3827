import type { Locator } from 'playwright-core';

/** Waits until nothing below this element was drawn anew for so many milliseconds, as somebody looks before they click. */
export async function untilQuiet(element: Locator, quietMs: number): Promise<void> {
  await element.evaluate(`(element) => new Promise((resolve) => {
    let quiet;
    const observer = new MutationObserver(() => { clearTimeout(quiet); wait(); });
    const wait = () => { quiet = setTimeout(() => { observer.disconnect(); resolve(); }, ${quietMs}); };
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    wait();
  })`);
}
