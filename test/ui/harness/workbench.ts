import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { startCloud } from '../../cloud/startCloud.ts';
import type { Cloud, CloudOptions } from '../../cloud/startCloud.ts';
import { outDir, projectDir } from '../../tasks/projectDir.ts';
import { copySampleProject } from '../../tasks/sampleProject.ts';
import { launchChromium } from '../../vscode/chromium.ts';
import { startCodeServer } from '../../vscode/codeServer.ts';
import type { CodeServer } from '../../vscode/codeServer.ts';
import { trustForSignIn } from '../../vscode/workbenchPage.ts';
import { Dialog } from './dialog.ts';
import { Editor } from './editor.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { TreeView } from './treeView.ts';

/** How a test wants its VS Code. */
export interface WorkbenchOptions {
  /** The local cloud; the sample world where absent. */
  readonly cloud?: CloudOptions;
  /** Folder or `.code-workspace` file; a copy of the sample project where absent. */
  readonly workspace?: string;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host beside the local cloud's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** No consent dialog for this extension, as after an Allow in an earlier session. A first sign-in asks all the same. */
  readonly trustSignIn?: boolean;
}

/** Colour themes of VS Code, by what they are for. */
const themes = { dark: 'Dark Modern', light: 'Light Modern', highContrast: 'Default High Contrast', highContrastLight: 'Default High Contrast Light' } as const;

/** Class that the workbench has in each theme. */
const themeClasses = { dark: 'vs-dark', light: 'vs', highContrast: 'hc-black', highContrastLight: 'hc-light' } as const;

/** Name of a theme in `setTheme`. */
export type Theme = keyof typeof themes;

/** How long a step may wait for what it is about; a failing locator is named in the error. */
const actionTimeoutMs = 30_000;
const texts = JSON.parse(readFileSync(path.join(projectDir, 'package.nls.json'), 'utf8')) as { readonly 'container.title': string };
const containerTitle = texts['container.title'];
const extensionId = 'airflow-azure-identity.airflow-azure-identity';

/** A real VS Code with the extension in it, driven as a user would. */
export class Workbench {
  readonly page: Page;
  readonly cloud: Cloud;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly notifications: Notifications;
  readonly editor: Editor;
  /** The folder that is open, or the folder of the `.code-workspace` file. */
  readonly workspaceDir: string;
  private readonly changedSettings: Record<string, unknown> = {};
  private readonly server: CodeServer;
  private readonly closeAll: () => Promise<void>;

  constructor(parts: { page: Page; cloud: Cloud; server: CodeServer; workspaceDir: string; closeAll: () => Promise<void> }) {
    this.page = parts.page;
    this.cloud = parts.cloud;
    this.server = parts.server;
    this.workspaceDir = parts.workspaceDir;
    this.closeAll = parts.closeAll;
    this.quickInput = new QuickInput(parts.page);
    this.dialog = new Dialog(parts.page);
    this.notifications = new Notifications(parts.page);
    this.editor = new Editor(parts.page, this.quickInput, parts.workspaceDir);
  }

  /** Runs a command from the palette by its whole title, category included: `Airflow Identity: Sign In to Azure`. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette(`>${title}`);
    await this.quickInput.pick(title);
  }

  /** VS Code closes the palette when something takes the focus just then, such as an editor that is still opening: a user presses F1 again. */
  private async openPalette(text: string): Promise<void> {
    for (const deadline = Date.now() + actionTimeoutMs; ;) {
      await this.page.keyboard.press('F1');
      try {
        return await this.quickInput.type(text, 3_000);
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
      }
    }
  }

  /** Shows a container of the activity bar by its title, this extension's own by default. */
  async openContainer(title: string = containerTitle): Promise<void> {
    const tab = containerTab(this.page, title);
    if ((await tab.getAttribute('aria-expanded')) !== 'true') {
      await tab.click();
    }
  }

  /** A view of the side bar by its title. */
  tree(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** The page inside the webview that shows `selector`: webviews are two frames deep, and an old one can linger while a new one loads. */
  async webview(selector: string): Promise<Frame> {
    const deadline = Date.now() + actionTimeoutMs;
    for (;;) {
      for (const frame of this.page.frames()) {
        // A frame that goes away while it is asked is not the one looked for.
        if (frame !== this.page.mainFrame() && (await frame.locator(selector).first().isVisible().catch(() => false))) {
          return frame;
        }
      }
      if (Date.now() > deadline) {
        throw new Error(`No webview shows ${selector}: ${this.page.frames().map((frame) => frame.url()).join(', ')}`);
      }
      await this.page.waitForEvent('framenavigated', { timeout: 250 }).catch(() => undefined);
    }
  }

  /** Text of a file of the workspace as it stands on disk. */
  fileText(relative: string): Promise<string> {
    return readFile(path.join(this.workspaceDir, relative), 'utf8');
  }

  /** Changes settings while VS Code runs. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = this.server.machineSettingsFile;
    Object.assign(this.changedSettings, settings);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(this.changedSettings, undefined, 2));
  }

  /** Switches the colour theme and waits until it shows. */
  async setTheme(theme: Theme): Promise<void> {
    await this.changeSettings({ 'workbench.colorTheme': themes[theme], 'window.autoDetectHighContrast': false });
    await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
  }

  /** Writes a picture of the window to `out/NAME.png` and gives its path. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(outDir, `${name}.png`);
    mkdirSync(outDir, { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Text of every log file of VS Code and its extensions so far; `name` picks those whose file name contains it. */
  async logTexts(name = ''): Promise<string> {
    const files = await readdir(this.server.logsDir, { recursive: true });
    const texts = files.filter((file) => file.endsWith('.log') && path.basename(file).includes(name)).map((file) => readFile(path.join(this.server.logsDir, file), 'utf8'));
    return (await Promise.all(texts)).join('\n');
  }

  /** What VS Code's server printed so far. */
  serverLog(): string {
    return this.server.log();
  }

  /** Ends the browser, VS Code and the local cloud, and removes what they left. */
  close(): Promise<void> {
    return this.closeAll();
  }
}

/** Starts the local cloud and a VS Code on a copy of the sample project, and waits until the workbench can be used. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const undo: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) {
      await step();
    }
  };
  try {
    const cloud = await startCloud(options.cloud);
    undo.push(() => cloud.stop());
    const workspace = options.workspace ?? (await copyForTest(undo));
    const server = await startCodeServer({
      env: { ...cloud.env, ...options.env },
      workspace,
      extensionDir: projectDir,
      userSettings: options.userSettings ?? {},
    });
    undo.push(() => server.stop());
    const browser = await launchChromium();
    undo.push(() => browser.close());
    const page = await openPage(browser, server, options);
    const workspaceDir = workspace.endsWith('.code-workspace') ? path.dirname(workspace) : workspace;
    return new Workbench({ page, cloud, server, workspaceDir, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function copyForTest(undo: (() => Promise<unknown>)[]): Promise<string> {
  const project = await copySampleProject();
  undo.push(() => project.remove());
  return project.dir;
}

async function openPage(browser: Browser, server: CodeServer, options: WorkbenchOptions): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 1000 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(actionTimeoutMs);
  if (options.trustSignIn === true) {
    await trustForSignIn(page, extensionId);
  }
  await page.goto(server.url);
  // The activity bar's own entry comes from the extension's manifest: once it is there, the extension host is up.
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  await containerTab(page, containerTitle).waitFor({ timeout: 60_000 });
  return page;
}

/** The tab itself has no name in VS Code; the label inside has. */
function containerTab(page: Page, title: string): Locator {
  return page.locator('.activitybar [role=tab]').filter({ has: page.locator(`[aria-label="${title}"]`) });
}
