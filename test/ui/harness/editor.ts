import path from 'node:path';
import type { Page } from 'playwright-core';
import { ariaLabels } from './ariaLabels.ts';
import type { QuickInput } from './quickInput.ts';

/** VS Code's text editor. */
export class Editor {
  private readonly page: Page;
  private readonly quickInput: QuickInput;
  private readonly workspaceDir: string;

  constructor(page: Page, quickInput: QuickInput, workspaceDir: string) {
    this.page = page;
    this.quickInput = quickInput;
    this.workspaceDir = workspaceDir;
  }

  /**
   * Opens a file by its path in the workspace and waits until its tab is there. Not by Quick Open, which leaves out what .gitignore names,
   * and in an Astro project that is airflow_settings.yaml.
   */
  async open(relative: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+O');
    await this.quickInput.waitForTitle('Open File');
    // Once the folder is listed: until then VS Code still writes its path into the input.
    await this.quickInput.row('..').waitFor();
    await this.quickInput.type(path.join(this.workspaceDir, relative));
    await this.quickInput.row(path.basename(relative)).waitFor();
    await this.quickInput.accept();
    await this.waitForTab(path.basename(relative));
  }

  /** Waits until the tab of a file is the active one. */
  async waitForTab(fileName: string): Promise<void> {
    await this.page.locator('.tab.active', { hasText: fileName }).waitFor();
  }

  /** True while the file has changes that are not saved. */
  isDirty(fileName: string): Promise<boolean> {
    return this.page.locator('.tab.dirty', { hasText: fileName }).isVisible();
  }

  /** Saves the active editor and waits until it is saved. */
  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Line of the cursor, from the status bar, from 1. */
  async cursorLine(): Promise<number> {
    const text = (await this.page.locator('.statusbar-item', { hasText: /^\s*Ln \d+, Col/ }).textContent()) ?? '';
    return Number(/Ln (\d+)/.exec(text)?.[1]);
  }

  /** Rows of the completion list, which it waits for. */
  async suggestions(): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return ariaLabels(rows);
  }
}
