import * as vscode from 'vscode';
import { connectPanelType } from '../../contributions.ts';
import type { UserEvent } from '../../trust/connectEvents.ts';
import { userEventSchema } from '../../trust/connectEvents.ts';
import { saveConnect } from '../../trust/savedConnect.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import type { ConnectView } from '../../trust/connectView.ts';
import type { PageKind, PanelPorts } from '../page/pagePanel.ts';
import { PagePanel } from '../page/pagePanel.ts';

/** The form as a page. */
export function formPage(): PageKind<UserEvent> {
  return {
    viewType: connectPanelType,
    script: 'form.js',
    styles: ['form.css'],
    icon: 'form',
    title: vscode.l10n.t('Connect Deployment to Azure'),
    loading: vscode.l10n.t('Loading the form…'),
    events: userEventSchema,
  };
}

/** Ties a session to a form: what the state says is drawn, what the user does is dispatched. */
export class ConnectForm {
  readonly session: ConnectSession;
  readonly #panel: PagePanel<ConnectView, UserEvent>;

  /** @param onClose called once, whoever closed the tab; the session may still be writing then. */
  constructor(session: ConnectSession, panel: vscode.WebviewPanel, ports: PanelPorts, onClose: () => void) {
    this.session = session;
    this.#panel = new PagePanel(panel, formPage(), ports, (event) => { session.dispatch(event); });
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
