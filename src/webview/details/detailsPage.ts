import type { DetailsEvent } from '../../trust/details/detailsEvents.ts';
import type { DetailsView } from '../../trust/details/detailsView.ts';
import { actionLine } from '../actionButton.ts';
import type { Send } from '../actionButton.ts';
import { factList, noticeList } from '../factSection.ts';
import { element } from '../markup.ts';
import type { Child, Markup } from '../markup.ts';
import { icon } from '../statusIcon.ts';
import { detailsTable } from './detailsTable.ts';

/** Gives the whole page of an identity: what it is, whom it trusts, what it may do, and what uses it. */
export function detailsPage(view: DetailsView, send: Send<DetailsEvent>): readonly Child[] {
  return [
    element('header', { key: 'header', class: 'page-header' }, [
      element('div', { class: 'section-header' }, [
        element('h1', { id: 'title', tabindex: '-1' }, [view.title]),
        actionLine(view.actions, send),
      ]),
      element('p', { class: 'dim', role: 'status' }, [view.subtitle]),
    ]),
    facts(view.facts, send),
    detailsTable('credentials', view.credentials, send),
    detailsTable('roles', view.roles, send),
    detailsTable('connections', view.connections, send),
  ];
}

function facts(view: DetailsView['facts'], send: Send<DetailsEvent>): Markup {
  const isEmpty = view.columns.length === 0;
  return element('section', { key: 'facts', 'data-section': 'facts', 'aria-label': view.title, 'aria-busy': view.busy ? 'true' : undefined }, [
    noticeList(view.notices, send),
    isEmpty && view.busy ? element('p', { key: 'busy', class: 'dim' }, [icon('loading')]) : undefined,
    isEmpty
      ? undefined
      : element('div', { key: 'columns', class: 'pair' }, [
          ...view.columns.map((column, index) => factList(`column ${index}`, column, send)),
          factList('wide', view.wide, send),
        ]),
  ]);
}
