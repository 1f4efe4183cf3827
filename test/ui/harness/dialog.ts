import type { Locator, Page } from 'playwright-core';

/** VS Code's modal dialog. */
export class Dialog {
  /** The box itself. */
  readonly root: Locator;

  constructor(page: Page) {
    this.root = page.locator('.monaco-dialog-box');
  }

  /** Waits for it and gives its message and detail. */
  async text(): Promise<string> {
    return (await this.root.locator('.dialog-message-container').textContent()) ?? '';
  }

  /** Presses a button by its label and waits until the dialog is gone. */
  async press(button: string): Promise<void> {
    const box = await this.root.elementHandle();
    await this.root.getByRole('button', { name: button, exact: true }).click();
    await box?.waitForElementState('hidden');
  }

  /** Consents to "wants to sign in using Microsoft". */
  async allowSignIn(): Promise<void> {
    await this.root.filter({ hasText: 'wants to sign in using Microsoft' }).waitFor();
    await this.press('Allow');
  }
}
