import type * as vscode from 'vscode';
import { saveConnect } from '../../trust/savedConnect.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { FormPanel } from '../form/formPanel.ts';
import type { Log } from '../log.ts';

/** Ties a session to a form: what the state says is drawn, what the user does is dispatched. */
export class ConnectForm {
  readonly session: ConnectSession;
  readonly #panel: FormPanel;

  /** @param onClose called once, whoever closed the tab; the session may still be writing then. */
  constructor(session: ConnectSession, panel: vscode.WebviewPanel, extensionUri: vscode.Uri, log: Log, onClose: () => void) {
    this.session = session;
    this.#panel = new FormPanel(panel, extensionUri, { onUser: (event) => { session.dispatch(event); }, onReady: () => undefined }, log);
    const unsubscribe = session.onDidChange(() => { this.#draw(); });
    this.#panel.onDidDispose(() => {
      unsubscribe();
      onClose();
    });
    this.#draw();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  #draw(): void {
    this.#panel.show(connectViewOf(this.session.state), saveConnect(this.session.state));
  }
}
