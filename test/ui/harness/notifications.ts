import type { Locator, Page } from 'playwright-core';

/** VS Code's notification toasts. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The toast with this text in it. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) });
  }

  /** Waits for a toast with this text and gives its whole message. */
  async waitFor(text: string | RegExp): Promise<string> {
    return (await this.toast(text).first().locator('.notification-list-item-message').textContent()) ?? '';
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
