import * as vscode from 'vscode';
import { detailsPanelType } from '../../contributions.ts';
import type { DetailsEvent } from '../../trust/details/detailsEvents.ts';
import { detailsEventSchema } from '../../trust/details/detailsEvents.ts';
import type { DetailsView } from '../../trust/details/detailsView.ts';
import { detailsViewOf } from '../../trust/details/detailsViewOf.ts';
import { saveDetails } from '../../trust/details/savedDetails.ts';
import type { PageKind } from '../page/pagePanel.ts';
import { PagePanel } from '../page/pagePanel.ts';
import type { Services } from '../services.ts';
import type { DetailsActions } from './detailsActions.ts';
import type { DetailsSession } from './detailsSession.ts';

/** The details of an identity as a page. */
export function detailsPageKind(): PageKind<DetailsEvent> {
  return {
    viewType: detailsPanelType,
    script: 'details.js',
    styles: ['form.css', 'details.css'],
    icon: 'details',
    title: vscode.l10n.t('Managed Identity'),
    loading: vscode.l10n.t('Reading the identity…'),
    events: detailsEventSchema,
  };
}

/** Ties a session to its tab: what was read is drawn, what the user does is done. */
export class DetailsPage {
  readonly session: DetailsSession;
  readonly #services: Services;
  readonly #panel: PagePanel<DetailsView, DetailsEvent>;

  /** @param onClose called once, whoever closed the tab. */
  constructor(session: DetailsSession, panel: vscode.WebviewPanel, services: Services, actions: DetailsActions, onClose: () => void) {
    this.session = session;
    this.#services = services;
    this.#panel = new PagePanel(panel, detailsPageKind(), services, (event) => {
      void services.commands.run(`details: ${event.kind}`, () => actions.run(event, session));
    });
    const subscription = session.onDidChange(() => { this.#draw(); });
    this.#panel.onDidDispose(() => {
      subscription.dispose();
      session.dispose();
      onClose();
    });
    this.#draw();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  #draw(): void {
    const { state } = this.session;
    const view = detailsViewOf(state, { audience: this.#services.clouds.audience, formatTime: (time) => this.#format(time) });
    this.#panel.setTitle(view.title);
    this.#panel.show(view, saveDetails(state));
  }

  /** With the day where it was not today. */
  #format(time: number): string {
    const isToday = new Date(time).toDateString() === new Date(this.#services.clock.now()).toDateString();
    return new Intl.DateTimeFormat(vscode.env.language, { ...(isToday ? {} : { dateStyle: 'medium' }), timeStyle: 'short' }).format(time);
  }
}
