import type { Frame } from 'playwright-core';
import type { Workbench } from '../harness/workbench.ts';

/** A user without a pointer: everything here goes through the keys, and only looks at what shows. */
export class Keyboard {
  private readonly workbench: Workbench;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
  }

  /** One key or chord, as Playwright names them: `Enter`, `Alt+ArrowLeft`. */
  press(key: string): Promise<void> {
    return this.workbench.page.keyboard.press(key);
  }

  /** The way back in a quick input (VS Code: `workbench.action.quickInputBack`, src/vs/workbench/browser/actions/quickAccessActions.ts). */
  goBack(): Promise<void> {
    return this.press({ win32: 'Alt+ArrowLeft', darwin: 'Control+Minus' }[process.platform as string] ?? 'Control+Alt+Minus');
  }

  /** Runs a command from the palette by its whole title. */
  async runCommand(title: string): Promise<void> {
    await this.press('F1');
    await this.workbench.quickInput.hasKeys();
    await this.workbench.page.keyboard.insertText(title);
    await this.workbench.quickInput.row(title).and(this.focusedRow()).waitFor();
    await this.press('Enter');
  }

  /** Types a label into the quick pick with this in its title, and takes the row once it is the focused one. */
  async pick(title: string, label: string): Promise<void> {
    await this.workbench.quickInput.waitForTitle(title);
    await this.workbench.quickInput.hasKeys();
    await this.workbench.page.keyboard.insertText(label);
    await this.workbench.quickInput.row(label).and(this.focusedRow()).waitFor();
    await this.press('Enter');
  }

  /** Takes what the quick pick with this in its title marks by itself, once that is the row of this label. */
  async acceptMarked(title: string, label: string): Promise<void> {
    await this.workbench.quickInput.waitForTitle(title);
    await this.workbench.quickInput.hasKeys();
    await this.workbench.quickInput.row(label).and(this.focusedRow()).waitFor();
    await this.press('Enter');
  }

  /** Answers the question with this in its title. */
  async answer(title: string, text: string): Promise<void> {
    await this.workbench.quickInput.waitForTitle(title);
    await this.workbench.quickInput.hasKeys();
    await this.workbench.page.keyboard.insertText(text);
    await this.press('Enter');
  }

  /** Presses Tab until the control of this name has the focus. @throws where 60 steps do not reach it. */
  async tabTo({ frame }: { readonly frame: Frame }, name: string): Promise<void> {
    for (let step = 0; step < 60; step += 1) {
      await this.press('Tab');
      const focused = await frame.evaluate<string>(`(() => {
        const active = document.activeElement;
        return (active?.getAttribute('aria-label') ?? active?.labels?.[0]?.textContent ?? active?.textContent ?? '').trim();
      })()`);
      if (focused === name) {
        return;
      }
    }
    throw new Error(`Tab does not reach ${name}.`);
  }

  private focusedRow(): ReturnType<Workbench['page']['locator']> {
    return this.workbench.page.locator('.quick-input-widget .monaco-list-row.focused');
  }
}
