import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { pageMessageSchemaOf } from '../../../src/page/pageMessages.ts';
import type { HostMessage, PageMessage } from '../../../src/page/pageMessages.ts';
import type { PageEvent } from '../../../src/page/viewParts.ts';
import { userEventSchema } from '../../../src/trust/connectEvents.ts';
import type { UserEvent } from '../../../src/trust/connectEvents.ts';
import type { ConnectView } from '../../../src/trust/connectView.ts';
import { detailsEventSchema } from '../../../src/trust/details/detailsEvents.ts';
import type { DetailsEvent } from '../../../src/trust/details/detailsEvents.ts';
import type { DetailsView } from '../../../src/trust/details/detailsView.ts';

/** What VS Code gives a webview, and a record of what the page does with it. State outlives the page, as VS Code's does. */
const webviewApi = `
  window.webview = { posted: [] };
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { window.webview.posted.push(structuredClone(message)); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); return state; },
  });
`;

/** The form in a browser. */
export type FormDriver = PageDriver<ConnectView, UserEvent>;

/** The page of an identity in a browser. */
export type DetailsDriver = PageDriver<DetailsView, DetailsEvent>;

/** A page in a browser, with the test in the part of the extension. */
export class PageDriver<View = unknown, Event extends PageEvent = PageEvent> {
  readonly page: Page;
  /** Whatever the browser complained about: violations of the policy, failed loads, uncaught errors. */
  readonly complaints: string[] = [];
  readonly #events: v.GenericSchema<unknown, Event>;
  #revision = 0;

  constructor(page: Page, events: v.GenericSchema<unknown, Event>) {
    this.page = page;
    this.#events = events;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Shows a view and resolves when it is drawn. `heard`: how much of what the user did the view knows of; else all of it. */
  async show(view: View, options: { saved?: unknown; text?: Record<string, string>; heard?: number } = {}): Promise<void> {
    this.#revision += 1;
    const { saved = null, text, heard = Number.MAX_SAFE_INTEGER } = options;
    const message: HostMessage<View> = { kind: 'view', revision: this.#revision, heard, view, saved, ...(text === undefined ? {} : { text }) };
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
  async posted(): Promise<readonly PageMessage<Event>[]> {
    return v.parse(v.array(pageMessageSchemaOf(this.#events)), await this.page.evaluate('window.webview.posted'));
  }

  /** What the user did, as the page told it. */
  async userEvents(): Promise<readonly Event[]> {
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

/** Size of the window, in pixels. */
export interface WindowSize {
  readonly width?: number;
  readonly height?: number;
}

/** Opens the form in a window of its own. */
export function openForm(browser: Browser, url: string, size: WindowSize = {}): Promise<FormDriver> {
  return openPage(browser, url, userEventSchema, size);
}

/** Opens the page of an identity in a window of its own. */
export function openDetails(browser: Browser, url: string, size: WindowSize = {}): Promise<DetailsDriver> {
  return openPage(browser, url, detailsEventSchema, size);
}

async function openPage<View, Event extends PageEvent>(browser: Browser, url: string, events: v.GenericSchema<unknown, Event>, size: WindowSize): Promise<PageDriver<View, Event>> {
  const context = await browser.newContext({ viewport: { width: size.width ?? 1200, height: size.height ?? 900 } });
  const page = await context.newPage();
  await page.addInitScript(webviewApi);
  const driver = new PageDriver<View, Event>(page, events);
  await page.goto(url);
  return driver;
}
