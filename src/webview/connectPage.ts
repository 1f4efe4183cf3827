import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectView } from '../trust/connectView.ts';
import type { Send } from './actionButton.ts';
import { access } from './access.ts';
import { connection } from './connection.ts';
import { credentials } from './credentials.ts';
import { factSection, noticeList } from './factSection.ts';
import { element } from './markup.ts';
import type { Child } from './markup.ts';
import { outcome } from './outcome.ts';
import { planFooter } from './planFooter.ts';

/**
 * Gives the whole page for a view. It tells the product's sentence from top to bottom: an identity trusts a deployment,
 * and a connection carries that trust into a project.
 */
export function connectPage(view: ConnectView, send: Send<UserEvent>, jump: (rowId: string) => void): readonly Child[] {
  return [
    element('header', { key: 'header', class: 'page-header' }, [
      element('h1', { id: 'title', tabindex: '-1' }, [view.title]),
      element('p', { class: 'dim' }, [view.subtitle]),
      noticeList(view.notices, send),
    ]),
    view.outcome === undefined ? undefined : outcome(view.outcome, view.credentials.rows, jump, send),
    element('form', { key: 'form', class: 'numbered', 'aria-labelledby': 'title', 'data-state': view.phase }, [
      element('div', { key: 'pair', class: 'pair' }, [
        factSection('deployment', view.deployment, send),
        factSection('identity', view.identity, send),
      ]),
      credentials(view.credentials, view.phase, send),
      view.access === undefined ? undefined : access(view.access, send),
      connection(view.connection, send),
      planFooter(view.footer, send),
    ]),
  ].filter((child) => child !== undefined);
}
