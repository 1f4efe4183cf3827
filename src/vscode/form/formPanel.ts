import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { connectPanelType } from '../../contributions.ts';
import type { UserEvent } from '../../trust/connectEvents.ts';
import { pageMessageSchema } from '../../trust/connectView.ts';
import type { ConnectView, HostMessage } from '../../trust/connectView.ts';
import { keptStateOf } from '../../webview/keptState.ts';
import { formHtml } from './formHtml.ts';
import { LatestPost } from './latestPost.ts';

/** What the page says. */
export interface FormCallbacks {
  /** What the user did. It came from the page and has been checked against the schema. */
  onUser(event: UserEvent): void;
  /** The page is there, for the first time or again after it was hidden; the last view, if any, is posted to it anyway. */
  onReady(): void;
}

/** Where refused messages are reported. */
interface PanelLog {
  warn(message: string): void;
}

type Content = Pick<HostMessage, 'view' | 'saved'>;

/** The form's tab. Draws what it is shown, and keeps it through hiding, moving and failing of the page. */
export class FormPanel implements vscode.Disposable {
  /** Fires once, whoever closed the tab. */
  readonly onDidDispose: vscode.Event<void>;

  readonly #panel: vscode.WebviewPanel;
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #post: LatestPost<Content>;
  #revision = 0;
  #heard = 0;
  #shown: Content | undefined;
  #textSent = false;
  #closed = false;

  /** Takes over a panel: a new one of `createFormPanel`, or one that VS Code restores. */
  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, callbacks: FormCallbacks, log: PanelLog) {
    this.#panel = panel;
    this.onDidDispose = this.#disposed.event;
    this.#post = new LatestPost((message) => this.#send(message));
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'form-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'form-dark.svg'),
    };
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message, callbacks, log)),
      panel.onDidChangeViewState(() => {
        // A hidden page is destroyed; it says `ready` when it is loaded again.
        if (!panel.visible) {
          this.#post.close();
        }
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.html = html(panel.webview, extensionUri);
  }

  /** Draws the view, now or when the page is there. `saved` comes back through the serializer after a reload of the window. */
  show(view: ConnectView, saved: unknown): void {
    this.#shown = { view, saved };
    this.#post.offer(this.#shown);
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

  #receive(data: unknown, callbacks: FormCallbacks, log: PanelLog): void {
    this.#heard += 1;
    const parsed = v.safeParse(pageMessageSchema, data);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      log.warn(`The form's page sent a message that is not understood and was ignored: ${v.getDotPath(issue) ?? '(message)'}: ${issue.message}`);
      return;
    }
    const message = parsed.output;
    switch (message.kind) {
      case 'ready':
        this.#textSent = false;
        this.#heard = 0;
        callbacks.onReady();
        this.#post.open();
        return;
      case 'user':
        callbacks.onUser(message.event);
        // Also where it changed nothing: the page waits for a view that knows of it.
        if (this.#shown !== undefined) {
          this.#post.offer(this.#shown);
        }
    }
  }

  #send(content: Content): void {
    this.#revision += 1;
    const text = this.#textSent ? undefined : vscode.l10n.bundle;
    this.#textSent = true;
    const message: HostMessage = { kind: 'view', ...content, revision: this.#revision, heard: this.#heard, ...(text === undefined ? {} : { text }) };
    // False only when the page is gone, and then it asks again.
    void this.#panel.webview.postMessage(message);
  }
}

/** Opens a new tab for the form in the active editor group. */
export function createFormPanel(extensionUri: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    connectPanelType,
    vscode.l10n.t('Connect Deployment to Azure'),
    vscode.ViewColumn.Active,
    webviewOptions(extensionUri),
  );
}

/** Gives the serializer for `connectPanelType`: hands over the panel and what was last given to `show` as `saved`. */
export function formSerializer(restore: (panel: vscode.WebviewPanel, saved: unknown) => void): vscode.WebviewPanelSerializer {
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

function html(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const uri = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  return formHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    scriptUri: uri('dist', 'form.js'),
    styleUris: [uri('dist', 'codicon.css'), uri('media', 'form.css')],
    language: vscode.env.language,
    title: vscode.l10n.t('Connect Deployment to Azure'),
    loading: vscode.l10n.t('Loading the form…'),
  });
}
