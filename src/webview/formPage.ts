import * as l10n from '@vscode/l10n';
import type { WebviewApi } from 'vscode-webview';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { HostMessage } from '../trust/connectView.ts';
import { connectPage } from './connectPage.ts';
import { FocusKeeper } from './focusKeeper.ts';
import { readHostMessage, sendUserEvent } from './hostMessages.ts';
import { element } from './markup.ts';
import type { Child } from './markup.ts';
import { keptStateOf } from './keptState.ts';
import type { KeptState } from './keptState.ts';
import { patchChildren } from './patch.ts';
import { sentence } from './statusIcon.ts';

/** The page's life: takes the host's messages, draws them, tells the host what the user does. */
export class FormPage {
  readonly #root: Element;
  readonly #host: WebviewApi<KeptState>;
  readonly #focus: FocusKeeper;
  #drawn: readonly Child[] = [];
  #revision: number | undefined;
  #sent = 0;
  #kept: KeptState;

  constructor(root: Element, host: WebviewApi<KeptState>) {
    this.#root = root;
    this.#host = host;
    this.#focus = new FocusKeeper(root);
    this.#kept = keptStateOf(host.getState());
  }

  /** Takes whatever was posted to the page. What is not a host's message is said, and leaves the page as it was. */
  receive(data: unknown): void {
    const read = readHostMessage(data);
    if ('problem' in read) {
      this.#draw([problemNotice(read.problem), ...this.#drawn]);
    } else {
      this.#show(read.message);
    }
  }

  /** Keeps how far the page is scrolled for when it is hidden and loaded anew. */
  keepScroll(scroll: number): void {
    if (this.#revision !== undefined) {
      this.#keep({ ...this.#kept, scroll });
    }
  }

  #show(message: HostMessage): void {
    // A view from before the last thing the user did would take that back; the host sends another once it heard of it.
    if (message.heard < this.#sent || (this.#revision !== undefined && message.revision <= this.#revision)) {
      return;
    }
    const first = this.#revision === undefined;
    this.#revision = message.revision;
    if (message.text !== undefined) {
      l10n.config({ contents: message.text });
    }
    const { view } = message;
    this.#drawn = connectPage(view, (event) => this.#send(event), (rowId) => this.#focus.showRow(rowId));
    this.#focus.around(view.phase, () => this.#draw(this.#drawn));
    if (first) {
      window.scrollTo(0, this.#kept.scroll);
    }
    this.#keep({ ...this.#kept, saved: message.saved });
  }

  #draw(content: readonly Child[]): void {
    patchChildren(this.#root, content);
  }

  #send(event: UserEvent): void {
    if (event.kind === 'replaceInstead') {
      this.#focus.wantTick(event.rowId);
    }
    this.#sent += 1;
    sendUserEvent(this.#host, event);
  }

  #keep(state: KeptState): void {
    this.#kept = state;
    this.#host.setState(state);
  }
}

function problemNotice(problem: string): Child {
  return element('p', { key: 'problem', class: 'page-problem', 'data-status': 'conflict' }, [
    sentence('conflict', [
      l10n.t('The extension sent something that this form cannot show, so what you see may be out of date. Close the form and open it again.'),
      ' ',
      element('code', {}, [problem]),
    ]),
  ]);
}
