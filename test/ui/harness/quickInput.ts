import type { Locator, Page } from 'playwright-core';
import { ariaLabels } from './ariaLabels.ts';

/** VS Code's quick pick and input box: command palette, pickers, multi-step flows. */
export class QuickInput {
  private readonly page: Page;
  /** The widget itself. */
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator('.quick-input-widget:visible');
  }

  private get input(): Locator {
    return this.root.locator('.quick-input-filter input:visible');
  }

  /** Waits until it shows with this title. */
  async waitForTitle(title: string): Promise<void> {
    await this.root.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  /** Text below the input: a prompt, or what is wrong with the value. */
  async message(): Promise<string> {
    return (await this.root.locator('.quick-input-message').textContent()) ?? '';
  }

  /** Replaces what stands in the input, which may take `timeoutMs` to appear. */
  async type(text: string, timeoutMs?: number): Promise<void> {
    await this.input.fill(text, timeoutMs === undefined ? {} : { timeout: timeoutMs });
  }

  /** Accessible names of the rows in sight, each its label, description and detail. */
  rows(): Promise<string[]> {
    return ariaLabels(this.root.locator('.monaco-list-row'));
  }

  /** Chooses the row with this label, and no other that only contains it. */
  async pick(label: string): Promise<void> {
    await this.row(label).first().click();
  }

  /** Ticks or unticks the row with this label in a picker of many. Not by its box, which would take the keys from then on. */
  async toggle(label: string): Promise<void> {
    await this.row(label).first().locator('.label-name').first().click();
  }

  /** Takes what is ticked. */
  async pressOk(): Promise<void> {
    await this.root.getByRole('button', { name: 'OK', exact: true }).click();
  }

  /** Enter: the focused row, the ticked ones, or the text. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** The back arrow of a multi-step flow. */
  async back(): Promise<void> {
    await this.root.getByRole('button', { name: 'Back' }).click();
  }

  /** Escape, and waits until it is gone. */
  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'hidden' });
  }

  /** A row by the label it shows; descriptions and icons beside it do not count. */
  row(label: string): Locator {
    return this.root.locator('.monaco-list-row').filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^\\s*${escapePattern(label)}\\s*$`) }) });
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
