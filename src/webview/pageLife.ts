import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { WebviewApi } from 'vscode-webview';
import { hostMessageSchemaOf } from '../page/pageMessages.ts';
import type { HostMessage, PageMessage } from '../page/pageMessages.ts';
import type { Send } from './actionButton.ts';
import { FocusKeeper } from './focusKeeper.ts';
import { element } from './markup.ts';
import type { Child } from './markup.ts';
import { keptStateOf } from './keptState.ts';
import type { KeptState } from './keptState.ts';
import { patchChildren } from './patch.ts';
import { sentence } from './statusIcon.ts';

/** What tells one page from another. */
export interface PageSpec<View, Event> {
  readonly schema: v.GenericSchema<unknown, View>;
  /** The whole page for a view; `jump` shows a row and gives it the focus. */
  readonly draw: (view: View, send: Send<Event>, jump: (rowId: string) => void) => readonly Child[];
  /** Where in its flow the view is; decides where the focus goes. */
  readonly phaseOf: (view: View) => string;
  /** The row whose tick gets the focus after the user did this. */
  readonly rowToTick?: (event: Event) => string | undefined;
}

/** Starts the page in a webview. */
export function startPage<View, Event>(spec: PageSpec<View, Event>): void {
  const host = acquireVsCodeApi<KeptState>();
  const root = document.querySelector('main');
  if (root !== null) {
    const page = new PageLife(root, host, spec);
    window.addEventListener('message', (event) => page.receive(event.data));
    window.addEventListener('scrollend', () => page.keepScroll(window.scrollY));
    // Enter in a field writes nothing: only buttons do.
    window.addEventListener('submit', (event) => event.preventDefault());
    page.askForView();
  }
}

/** The page's life: takes the host's messages, draws them, tells the host what the user does. */
class PageLife<View, Event> {
  readonly #root: Element;
  readonly #host: WebviewApi<KeptState>;
  readonly #spec: PageSpec<View, Event>;
  readonly #messages: v.GenericSchema<unknown, HostMessage<View>>;
  readonly #focus: FocusKeeper;
  #drawn: readonly Child[] = [];
  #revision: number | undefined;
  #sent = 0;
  #kept: KeptState;

  constructor(root: Element, host: WebviewApi<KeptState>, spec: PageSpec<View, Event>) {
    this.#root = root;
    this.#host = host;
    this.#spec = spec;
    this.#messages = hostMessageSchemaOf(spec.schema);
    this.#focus = new FocusKeeper(root);
    this.#kept = keptStateOf(host.getState());
  }

  /** VS Code destroys a hidden page and loads it anew. */
  askForView(): void {
    this.#post({ kind: 'ready' });
  }

  /** Takes whatever was posted to the page. What is not a host's message is said, and leaves the page as it was. */
  receive(data: unknown): void {
    const parsed = v.safeParse(this.#messages, data);
    if (parsed.success) {
      this.#show(parsed.output);
    } else {
      const [issue] = parsed.issues;
      this.#draw([problemNotice(`${v.getDotPath(issue) ?? '(message)'}: ${issue.message}`), ...this.#drawn]);
    }
  }

  /** Keeps how far the page is scrolled for when it is hidden and loaded anew. */
  keepScroll(scroll: number): void {
    if (this.#revision !== undefined) {
      this.#keep({ ...this.#kept, scroll });
    }
  }

  #show(message: HostMessage<View>): void {
    // A view from before the last thing the user did would take that back; the host sends another once it heard of it.
    if (message.heard < this.#sent || (this.#revision !== undefined && message.revision <= this.#revision)) {
      return;
    }
    const first = this.#revision === undefined;
    this.#revision = message.revision;
    if (message.text !== undefined) {
      l10n.config({ contents: { ...message.text } });
    }
    const { view } = message;
    this.#drawn = this.#spec.draw(view, (event) => this.#send(event), (rowId) => this.#focus.showRow(rowId));
    this.#focus.around(this.#spec.phaseOf(view), () => this.#draw(this.#drawn));
    if (first) {
      window.scrollTo(0, this.#kept.scroll);
    }
    this.#keep({ ...this.#kept, saved: message.saved });
  }

  #draw(content: readonly Child[]): void {
    patchChildren(this.#root, content);
  }

  #send(event: Event): void {
    const row = this.#spec.rowToTick?.(event);
    if (row !== undefined) {
      this.#focus.wantTick(row);
    }
    this.#sent += 1;
    this.#post({ kind: 'user', event });
  }

  #post(message: PageMessage<Event>): void {
    this.#host.postMessage(message);
  }

  #keep(state: KeptState): void {
    this.#kept = state;
    this.#host.setState(state);
  }
}

function problemNotice(problem: string): Child {
  return element('p', { key: 'problem', class: 'page-problem', 'data-status': 'conflict' }, [
    sentence('conflict', [
      l10n.t('The extension sent something that this page cannot show, so what you see may be out of date. Close the tab and open it again.'),
      ' ',
      element('code', {}, [problem]),
    ]),
  ]);
}
