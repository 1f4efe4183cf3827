import { errors } from 'playwright-core';
import type { Locator, Page } from 'playwright-core';
import { ariaLabels } from './ariaLabels.ts';
import { untilQuiet } from './untilQuiet.ts';

/** How long a question that shows may be without the keys. */
const focusTimeoutMs = 3_000;

/** How long nothing was drawn where rows stand. */
const quietMs = 100;

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

  /** Accessible names of the rows in sight, each its label, description and detail, once they stand. */
  async rows(): Promise<string[]> {
    await this.stands();
    return ariaLabels(this.root.locator('.monaco-list-row'));
  }

  /** Chooses the row with this label, and no other that only contains it. A click into rows that are drawn anew is lost. */
  async pick(label: string): Promise<void> {
    const row = this.row(label).first();
    await row.waitFor();
    await this.stands();
    await row.click();
  }

  /** Ticks or unticks the row with this label in a picker of many. Not by its box, which would take the keys from then on. */
  async toggle(label: string): Promise<void> {
    const name = this.row(label).first().locator('.label-name').first();
    await name.waitFor();
    await this.stands();
    await name.click();
  }

  /** Takes what is ticked. */
  async pressOk(): Promise<void> {
    await this.root.getByRole('button', { name: 'OK', exact: true }).click();
  }

  /** Waits until the rows are no longer being drawn. */
  private stands(): Promise<void> {
    return untilQuiet(this.root.locator('.quick-input-list .monaco-list-rows').first(), quietMs);
  }

  /** Enter: the focused row, the ticked ones, or the text. */
  async accept(): Promise<void> {
    await this.hasKeys();
    await this.page.keyboard.press('Enter');
  }

  /**
   * Waits until the keys go to it. A tree that VS Code draws anew while a question opens can take them (see src/vscode/closeQuestion.ts);
   * the run says so, and a click into the input gives them back, as a user's would.
   */
  async hasKeys(): Promise<void> {
    const focused = this.root.locator(':focus').first();
    try {
      await focused.waitFor({ timeout: focusTimeoutMs });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) {
        throw error;
      }
      console.warn(`      the keys went to ${await this.page.evaluate<string>('document.activeElement?.className ?? "nothing"')} instead of the question`);
      await this.input.click();
    }
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
