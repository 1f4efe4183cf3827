import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { pageMessageSchemaOf } from '../../../src/page/pageMessages.ts';
import type { HostMessage, PageMessage } from '../../../src/page/pageMessages.ts';
import { userEventSchema } from '../../../src/trust/connectEvents.ts';
import type { UserEvent } from '../../../src/trust/connectEvents.ts';
import type { ConnectView } from '../../../src/trust/connectView.ts';

/** What VS Code gives a webview, and a record of what the page does with it. State outlives the page, as VS Code's does. */
const webviewApi = `
  window.webview = { posted: [] };
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { window.webview.posted.push(structuredClone(message)); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); return state; },
  });
`;

/** The form's page in a browser, with the test in the part of the extension. */
export class FormDriver {
  readonly page: Page;
  /** Whatever the browser complained about: violations of the policy, failed loads, uncaught errors. */
  readonly complaints: string[] = [];
  #revision = 0;

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Shows a view and resolves when it is drawn. `heard`: how much of what the user did the view knows of; else all of it. */
  async show(view: ConnectView, options: { saved?: unknown; text?: Record<string, string>; heard?: number } = {}): Promise<void> {
    this.#revision += 1;
    const { saved = null, text, heard = Number.MAX_SAFE_INTEGER } = options;
    const message: HostMessage<ConnectView> = { kind: 'view', revision: this.#revision, heard, view, saved, ...(text === undefined ? {} : { text }) };
    await this.post(message);
  }

  /** Posts anything to the page, as whoever has got hold of its window could; resolves when the page has taken it. */
  async post(message: unknown): Promise<void> {
    // Listeners are called in the order they were added, so the page's comes first.
    await this.page.evaluate(`new Promise((resolve) => {
      window.addEventListener('message', () => resolve(), { once: true });
      window.postMessage(${JSON.stringify(message)}, '*');
    })`);
  }

  /** What the page posted; fails if the host would refuse any of it. */
  async posted(): Promise<readonly PageMessage<UserEvent>[]> {
    return v.parse(v.array(pageMessageSchemaOf(userEventSchema)), await this.page.evaluate('window.webview.posted'));
  }

  /** What the user did, as the page told it. */
  async userEvents(): Promise<readonly UserEvent[]> {
    return (await this.posted()).flatMap((message) => (message.kind === 'user' ? [message.event] : []));
  }

  /** What VS Code keeps for the page. */
  kept(): Promise<unknown> {
    return this.page.evaluate(`JSON.parse(sessionStorage.getItem('state'))`);
  }

  /** Tag and accessible name of what has the focus; `body` when nothing has it. */
  focused(): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const active = document.activeElement;
      if (active === document.body) return 'body';
      const label = active.getAttribute('aria-label') ?? active.labels?.[0]?.textContent ?? active.textContent;
      return active.tagName.toLowerCase() + ' ' + label.trim();
    })()`);
  }
}

/** Opens the page in a window of its own. */
export async function openForm(browser: Browser, url: string, options: { width?: number; height?: number } = {}): Promise<FormDriver> {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1200, height: options.height ?? 900 } });
  const page = await context.newPage();
  await page.addInitScript(webviewApi);
  const driver = new FormDriver(page);
  await page.goto(url);
  return driver;
}
