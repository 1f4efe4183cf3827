import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { outDir, projectDir } from '../../tasks/projectDir.ts';
import type { Workbench } from '../harness/workbench.ts';

const shown = path.join(projectDir, 'docs', 'pictures');
const looks = path.join(outDir, 'screenshots', 'product');
const sideBarWidth = 320;
/** What the activity bar and the borders take beside a closed side bar. */
const activityBarWidth = 56;

/** The window that the pictures are taken in, in pixels. */
export const windowSize = { width: 1300, height: 880 };

/** Takes pictures of one VS Code: some for the README, all others to be looked at. */
export class Camera {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    mkdirSync(shown, { recursive: true });
    mkdirSync(looks, { recursive: true });
  }

  /** Writes a picture of the README to `docs/pictures`; of the whole window by default. */
  async show(name: string, of: Locator | Workbench['page'] = this.#workbench.page): Promise<void> {
    await take(of, path.join(shown, `${name}.png`));
  }

  /** Writes a picture of the window to `out/screenshots/product`. */
  async look(name: string): Promise<void> {
    await take(this.#workbench.page, path.join(looks, `${name}.png`));
  }

  /** The window in every theme; it is dark afterwards. */
  async inEveryTheme(name: string): Promise<void> {
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await this.#workbench.setTheme(theme);
      await this.look(`${name}-${theme}`);
    }
  }

  /** A page in its whole length, and with 320 px for the page, as on a phone or at 400 %. */
  async inEverySize(name: string): Promise<void> {
    const { page } = this.#workbench;
    await page.setViewportSize({ width: windowSize.width, height: 2_000 });
    await this.inEveryTheme(`${name}-tall`);
    await this.#toggleSideBar('hidden');
    await page.setViewportSize({ width: 320 + activityBarWidth, height: 3_200 });
    await this.inEveryTheme(`${name}-320`);
    await page.setViewportSize(windowSize);
    await this.#toggleSideBar('visible');
    await this.widenSideBar();
  }

  /** Makes the side bar wide enough for what stands in its rows, also after the window was narrow. */
  async widenSideBar(): Promise<void> {
    const { page } = this.#workbench;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (box === null) {
      throw new Error('There is no side bar.');
    }
    const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
    await page.mouse.move(edge.x, edge.y);
    await page.mouse.down();
    await page.mouse.move(box.x + sideBarWidth, edge.y, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(windowSize.width - 20, windowSize.height / 2);
  }

  /** By the command: a key goes to whatever has the focus, and a page passes it on only once it has loaded. */
  async #toggleSideBar(until: 'hidden' | 'visible'): Promise<void> {
    await this.#workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await this.#workbench.page.locator('.part.sidebar').waitFor({ state: until });
  }
}

async function take(of: Locator | Workbench['page'], file: string): Promise<void> {
  await of.screenshot({ path: file, animations: 'disabled' });
  console.log(path.relative(projectDir, file));
}
