import type { Locator, Page } from 'playwright-core';
import { ariaLabels } from './ariaLabels.ts';
import { pressAgainWhenRefused } from './pressAgain.ts';
import { untilQuiet } from './untilQuiet.ts';

/** How long nothing was drawn where rows stand: the extension host gathers what changed for 200 ms before it has rows drawn anew. */
const quietMs = 700;

/** A view of the side bar: a tree, or its welcome content. */
export class TreeView {
  private readonly page: Page;
  /** The view with its header. */
  readonly root: Locator;

  constructor(page: Page, title: string) {
    this.page = page;
    this.root = page.locator('.pane').filter({ has: page.locator('.pane-header').getByText(title, { exact: true }) });
  }

  /** A row by its accessible name, or by a part of it. */
  row(name: string | RegExp): Locator {
    return this.root.getByRole('treeitem', { name });
  }

  /** Accessible names of the rows in sight, from top to bottom. */
  names(): Promise<string[]> {
    return ariaLabels(this.root.getByRole('treeitem'));
  }

  /** Opens a row's children. A row that others push from under the pointer is pressed again, as a user would. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name).first();
    await row.waitFor();
    const expanded = row.and(this.page.locator('[aria-expanded="true"]'));
    for (const deadline = Date.now() + 30_000; (await row.getAttribute('aria-expanded')) === 'false' && Date.now() < deadline;) {
      await row.locator('.monaco-tl-twistie').click();
      await expanded.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
  }

  /** Closes a row's children. */
  async collapse(name: string | RegExp): Promise<void> {
    const row = this.row(name).first();
    if ((await row.getAttribute('aria-expanded')) === 'true') {
      await row.locator('.monaco-tl-twistie').click();
    }
  }

  /** Presses an inline action of a row by its tooltip, once the rows stand. */
  async pressInline(name: string | RegExp, action: string): Promise<void> {
    await this.stands();
    const row = this.row(name).first();
    const button = row.getByRole('button', { name: action });
    await pressAgainWhenRefused(this.page, async () => {
      // Rows that arrive above it take the row away from under the pointer.
      for (const deadline = Date.now() + 30_000; ;) {
        await row.hover();
        try {
          await button.click({ timeout: 2_000 });
          return;
        } catch (error) {
          if (Date.now() > deadline) {
            throw error;
          }
        }
      }
    });
  }

  /** Chooses an entry of a row's context menu, once the rows stand. */
  async chooseInMenu(name: string | RegExp, entry: string): Promise<void> {
    await this.stands();
    const menu = this.page.locator('.context-view .monaco-menu');
    const item = menu.getByRole('menuitem', { name: entry, exact: true });
    await pressAgainWhenRefused(this.page, async () => {
      // A row that is drawn anew while it is clicked shows no menu.
      for (const deadline = Date.now() + 30_000; Date.now() < deadline && !(await item.isVisible());) {
        await this.row(name).first().click({ button: 'right' });
        await item.waitFor({ timeout: 3_000 }).catch(() => undefined);
      }
      // A menu takes no click in the first moments after it opened; the keyboard it obeys at once.
      await item.hover();
      await this.page.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
    });
  }

  /** Waits until the rows are no longer being drawn anew: VS Code finds no row for what is pressed just then, and the extension asks to press again. */
  private async stands(): Promise<void> {
    await untilQuiet(this.root.locator('.monaco-list-rows').first(), quietMs);
  }

  /** Presses a button in the view's title bar by its tooltip. */
  async pressTitleAction(action: string): Promise<void> {
    await this.root.locator('.pane-header').hover();
    await this.root.locator('.pane-header').getByRole('button', { name: action }).click();
  }

  /** Waits for the welcome content and gives its text. */
  async welcome(): Promise<string> {
    const content = this.root.locator('.welcome-view-content');
    await content.locator('p, .monaco-button').first().waitFor();
    return content.innerText();
  }

  /** Presses a button or link of the welcome content. */
  async pressWelcome(label: string): Promise<void> {
    await this.root.locator('.welcome-view-content').getByText(label, { exact: true }).click();
  }
}
