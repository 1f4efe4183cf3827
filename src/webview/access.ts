import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { AccessRowView, AccessView } from '../trust/connectView.ts';
import { actionLine, iconButton } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { section } from './factSection.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { rowStatus } from './statusIcon.ts';

/** Draws the roles that the identity is given: one row per role and scope. */
export function access(view: AccessView, send: Send<UserEvent>): Markup {
  return section('access', view.title, actionLine(view.actions, send), [
    view.text === '' ? undefined : element('p', { key: 'text', class: 'dim' }, [view.text]),
    view.rows.length === 0
      ? undefined
      : element('table', { key: 'table', class: 'roles', 'aria-labelledby': 'access' }, [heads(), ...view.rows.map((row) => accessRow(row, send))]),
  ]);
}

function heads(): Markup {
  const head = (name: string, text: string): Markup => element('th', { key: name, scope: 'col', class: name }, [text]);
  return element('thead', {}, [
    element('tr', {}, [head('col-role', l10n.t('Role')), head('long', l10n.t('On')), head('col-status', l10n.t('Status'))]),
  ]);
}

/** Everything below its line stands in a second table row that spans the columns. */
function accessRow(row: AccessRowView, send: Send<UserEvent>): Markup {
  const removals = row.actions.filter(({ event }) => event.kind === 'removeAccess');
  const waysOut = row.actions.filter((action) => !removals.includes(action));
  return element('tbody', { key: row.id, 'data-status': row.status }, [
    element('tr', { key: 'row' }, [
      element('th', { scope: 'row' }, [row.role]),
      element('td', { key: 'scope', class: 'long', title: row.scopeId }, [row.scope]),
      element('td', { key: 'status' }, [
        element('div', { class: 'status-cell' }, [rowStatus(row.status, row.statusText, { shape: row.statusIcon }), ...removals.map((action) => iconButton('trash', action, send))]),
      ]),
    ]),
    row.reasons.length === 0 && waysOut.length === 0
      ? undefined
      : element('tr', { key: 'detail', class: 'detail' }, [
          element('td', { colspan: '3' }, [...row.reasons.map((reason, index) => element('p', { key: `why${index}` }, [reason])), actionLine(waysOut, send)]),
        ]),
  ]);
}
