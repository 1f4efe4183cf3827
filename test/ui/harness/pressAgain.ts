import type { Page } from 'playwright-core';

/** How often a press may be refused, and how long the refusal is looked for. */
const mostTries = 5;
const refusalMs = 10_000;

/** What was pressed last in a window; a later press makes an earlier one no longer worth repeating. */
const latest = new WeakMap<Page, object>();

/**
 * Presses something of a row, and again where the extension says that the row was being drawn anew, as it asks the user to. Does not wait
 * for that: who presses waits for what is to come of it.
 */
export async function pressAgainWhenRefused(page: Page, press: () => Promise<void>): Promise<void> {
  const token = {};
  latest.set(page, token);
  await press();
  void (async () => {
    const refusal = page.locator('.notification-toast').filter({ hasText: 'That row was being drawn anew' }).first();
    for (let tries = 1; tries < mostTries; tries++) {
      await refusal.waitFor({ timeout: refusalMs });
      if (latest.get(page) !== token) {
        return;
      }
      console.warn('      a row was being drawn anew when it was pressed, and was pressed again');
      await refusal.hover();
      await refusal.locator('.codicon-notifications-clear').click();
      await refusal.waitFor({ state: 'detached' });
      await press();
    }
    // No refusal, or the window was closed: the test says what it missed.
  })().catch(() => undefined);
}
