import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { pageMessageSchemaOf } from '../../page/pageMessages.ts';
import type { HostMessage, PageMessage } from '../../page/pageMessages.ts';
import type { PageEvent } from '../../page/viewParts.ts';
import { keptStateOf } from '../../webview/keptState.ts';
import { LatestPost } from './latestPost.ts';
import { pageHtml } from './pageHtml.ts';

/** What tells one kind of page from another. */
export interface PageKind<Event extends PageEvent> {
  /** Also in `activationEvents`, so that the page is restored after a reload. */
  readonly viewType: string;
  /** In `dist`. */
  readonly script: string;
  /** In `media`, in the order of the cascade. */
  readonly styles: readonly string[];
  /** In `media`, with `-light.svg` and `-dark.svg` behind it. */
  readonly icon: string;
  /** The page's title for assistive technology. */
  readonly title: string;
  /** Said until the first view is drawn. */
  readonly loading: string;
  /** What the page may say. */
  readonly events: v.GenericSchema<unknown, Event>;
}

/** What a panel needs of the extension. */
export interface PanelPorts {
  readonly extensionUri: vscode.Uri;
  /** Where refused messages are reported. */
  readonly log: { warn(message: string): void };
}

/** A page's tab. Draws what it is shown, and keeps it through hiding, moving and failing of the page. */
export class PagePanel<View, Event extends PageEvent> implements vscode.Disposable {
  /** Fires once, whoever closed the tab. */
  readonly onDidDispose: vscode.Event<void>;

  readonly #panel: vscode.WebviewPanel;
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #messages: v.GenericSchema<unknown, PageMessage<Event>>;
  readonly #post: LatestPost<Pick<HostMessage<View>, 'view' | 'saved'>>;
  #revision = 0;
  #heard = 0;
  #shown: Pick<HostMessage<View>, 'view' | 'saved'> | undefined;
  #textSent = false;
  #closed = false;

  /**
   * Takes over a panel: a new one of `createPagePanel`, or one that VS Code restores.
   * @param onUser gets what the user did. It came from the page and has been checked against the schema.
   */
  constructor(panel: vscode.WebviewPanel, kind: PageKind<Event>, ports: PanelPorts, onUser: (event: Event) => void) {
    const { extensionUri, log } = ports;
    this.#panel = panel;
    this.onDidDispose = this.#disposed.event;
    this.#messages = pageMessageSchemaOf(kind.events);
    this.#post = new LatestPost((content) => this.#send(content));
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', `${kind.icon}-light.svg`),
      dark: vscode.Uri.joinPath(extensionUri, 'media', `${kind.icon}-dark.svg`),
    };
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message, onUser, log)),
      panel.onDidChangeViewState(() => {
        // A hidden page is destroyed; it says `ready` when it is loaded again.
        if (!panel.visible) {
          this.#post.close();
        }
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.html = html(panel.webview, extensionUri, kind);
  }

  /** Draws the view, now or when the page is there. `saved` comes back through the serializer after a reload of the window. */
  show(view: View, saved: unknown): void {
    this.#shown = { view, saved };
    this.#post.offer(this.#shown);
  }

  /** Names the tab. */
  setTitle(title: string): void {
    this.#panel.title = title;
  }

  /** Brings the tab to the front. */
  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#post.close();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#panel.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }

  #receive(data: unknown, onUser: (event: Event) => void, log: PanelPorts['log']): void {
    this.#heard += 1;
    const parsed = v.safeParse(this.#messages, data);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      log.warn(`The page sent a message that is not understood and was ignored: ${v.getDotPath(issue) ?? '(message)'}: ${issue.message}`);
      return;
    }
    const message = parsed.output;
    switch (message.kind) {
      case 'ready':
        this.#textSent = false;
        this.#heard = 0;
        this.#post.open();
        return;
      case 'user':
        onUser(message.event);
        // Also where it changed nothing: the page waits for a view that knows of it.
        if (this.#shown !== undefined) {
          this.#post.offer(this.#shown);
        }
    }
  }

  #send(content: Pick<HostMessage<View>, 'view' | 'saved'>): void {
    this.#revision += 1;
    const text = this.#textSent ? undefined : vscode.l10n.bundle;
    this.#textSent = true;
    const message: HostMessage<View> = { kind: 'view', ...content, revision: this.#revision, heard: this.#heard, ...(text === undefined ? {} : { text }) };
    // False only when the page is gone, and then it asks again.
    void this.#panel.webview.postMessage(message);
  }
}

/** Opens a new tab for a page in the active editor group. */
export function createPagePanel(kind: Pick<PageKind<PageEvent>, 'viewType'>, title: string, extensionUri: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(kind.viewType, title, vscode.ViewColumn.Active, webviewOptions(extensionUri));
}

/** Gives the serializer for pages of one kind: hands over the panel and what was last given to `show` as `saved`. */
export function pageSerializer(restore: (panel: vscode.WebviewPanel, saved: unknown) => void): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel: async (panel, state: unknown) => restore(panel, keptStateOf(state).saved),
  };
}

function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')],
  };
}

function html(webview: vscode.Webview, extensionUri: vscode.Uri, kind: Omit<PageKind<PageEvent>, 'events'>): string {
  const uri = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  return pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    scriptUri: uri('dist', kind.script),
    styleUris: [uri('dist', 'codicon.css'), ...kind.styles.map((file) => uri('media', file))],
    language: vscode.env.language,
    title: kind.title,
    loading: kind.loading,
  });
}
