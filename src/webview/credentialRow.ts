import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { RowView } from '../trust/connectView.ts';
import { actionLine, iconButton } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { changeList } from './changeList.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { rowStatus } from './statusIcon.ts';
import { textField } from './textField.ts';

/**
 * Draws one workload. Everything below its line (what changes, why, ways out) stands in a second table row that spans
 * the columns; the tick is described by the status and by that.
 */
export function credentialRow(row: RowView, id: string, choosing: boolean, send: Send<UserEvent>): Markup {
  const reasons = row.nameProblem === undefined || row.reasons.includes(row.nameProblem)
    ? row.reasons
    : [row.nameProblem, ...row.reasons];
  const reasonIds = reasons.map((_, index) => `${id}-why${index + 1}`);
  const removals = choosing ? row.actions.filter((action) => action.event.kind === 'removeRow') : [];
  const waysOut = row.actions.filter((action) => !removals.includes(action));
  const hasDetail = row.changes.length > 0 || reasons.length > 0 || waysOut.length > 0;
  const described = [`${id}-status`, ...reasonIds].join(' ');
  return element('tbody', { key: row.id, 'data-status': row.status, 'data-row': row.id }, [
    element('tr', { key: 'row' }, [
      choosing ? tickCell(row, id, described, send) : undefined,
      element('th', { key: choosing ? 'label' : 'title', scope: 'row', tabindex: choosing ? undefined : '-1' }, [
        choosing ? element('label', { for: id }, [row.title]) : row.title,
      ]),
      subjectCell(row, choosing, send),
      nameCell(row, id, reasons, choosing, send),
      element('td', { key: 'status' }, [
        element('div', { class: 'status-cell' }, [
          rowStatus(row.status, row.statusText, { id: `${id}-status` }),
          ...removals.map((action) => iconButton('trash', action, send)),
        ]),
      ]),
    ]),
    hasDetail
      ? element('tr', { key: 'detail', class: 'detail' }, [
          element('td', { colspan: choosing ? '5' : '4' }, [
            changeList(row.changes),
            ...reasons.map((reason, index) =>
              element('p', { key: `why${index}`, id: reasonIds[index], class: isDim(row) ? 'dim' : undefined }, [reason])),
            actionLine(waysOut, send),
          ]),
        ])
      : undefined,
  ]);
}

function tickCell(row: RowView, id: string, described: string, send: Send<UserEvent>): Markup {
  return element('td', { key: 'tick' }, [
    element('input', { type: 'checkbox', id, disabled: row.locked, 'aria-describedby': described }, [], {
      kind: 'tick',
      ticked: row.ticked,
      changed: (ticked) => send({ kind: 'tick', rowId: row.id, ticked }),
    }),
  ]);
}

/**
 * The whole subject stands in the document, so that it is read and copied whole; only its shared start may be cut.
 * A cell with a field names its column itself where the page is too narrow for columns (`data-heading`).
 */
function subjectCell(row: RowView, choosing: boolean, send: Send<UserEvent>): Markup {
  const prefix = element('span', { key: 'prefix' }, [row.subjectPrefix]);
  if (choosing && row.serviceAccountEditable) {
    const field = textField({
      label: l10n.t('Service account of {0}', row.title),
      value: row.serviceAccount,
      typed: (serviceAccount) => send({ kind: 'setServiceAccount', rowId: row.id, serviceAccount }),
    });
    return element('td', { key: 'subject', class: 'long', 'data-heading': l10n.t('Service account') }, [
      element('span', { key: 'edited', class: 'code subject' }, [prefix, field]),
    ]);
  }
  return element('td', { key: 'subject', class: 'long' }, [
    element('code', { key: 'fixed', class: 'subject' }, [prefix, element('span', { key: 'account' }, [row.serviceAccount])]),
  ]);
}

function nameCell(row: RowView, id: string, reasons: readonly string[], choosing: boolean, send: Send<UserEvent>): Markup {
  if (!choosing || !row.nameEditable) {
    return element('td', { key: 'name' }, [element('code', {}, [row.credentialName])]);
  }
  const problemAt = row.nameProblem === undefined ? -1 : reasons.indexOf(row.nameProblem);
  return element('td', { key: 'name', 'data-heading': l10n.t('Credential name') }, [
    textField({
      label: l10n.t('Credential name, {0}', row.title),
      value: row.credentialName,
      problemId: problemAt < 0 ? undefined : `${id}-why${problemAt + 1}`,
      typed: (name) => send({ kind: 'rename', rowId: row.id, name }),
    }),
  ]);
}

/** What needs the user's hand is said in the foreground colour, what only explains is dimmed. */
function isDim(row: RowView): boolean {
  return row.status !== 'conflict' && row.status !== 'failed';
}
