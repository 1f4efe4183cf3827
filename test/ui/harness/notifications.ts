import { errors } from 'playwright-core';
import type { Locator, Page } from 'playwright-core';

/** How long a toast is waited for before the bell is pressed. */
const toastTimeoutMs = 10_000;

/** VS Code's messages: toasts, and under the bell what showed in none. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The toast with this text in it. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) });
  }

  /** Waits for a message with this text and gives the whole of it. */
  async waitFor(text: string | RegExp): Promise<string> {
    try {
      return (await this.toast(text).first().locator('.notification-list-item-message').textContent({ timeout: toastTimeoutMs })) ?? '';
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) {
        throw error;
      }
    }
    return this.inCenter(text);
  }

  /** A message that showed in no toast: VS Code drops the fourth within 0.8 s (`SPAM_PROTECTION` of its notificationsToasts.ts), and keeps all under the bell. */
  private async inCenter(text: string | RegExp): Promise<string> {
    const bell = this.page.locator('[id="status.notifications"] a');
    await bell.click();
    const message = await this.page.locator('.notifications-center .notification-list-item-message', { hasText: text }).first().textContent();
    await bell.click();
    return message ?? '';
  }

  /** Messages that show now. */
  texts(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allTextContents();
  }

  /** Presses a button of the toast with this text; buttons show once the pointer or the focus is on the toast. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const toast = this.toast(text).first();
    await toast.hover();
    await toast.getByRole('button', { name: button, exact: true }).click();
  }
}
