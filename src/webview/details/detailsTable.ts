import type { DetailsEvent } from '../../trust/details/detailsEvents.ts';
import type { DetailsRowView, GroupView, TableView } from '../../trust/details/detailsView.ts';
import { actionButton, actionLine, iconButton } from '../actionButton.ts';
import type { Send } from '../actionButton.ts';
import { changeList } from '../changeList.ts';
import { noticeList, section } from '../factSection.ts';
import { element } from '../markup.ts';
import type { Child, Markup } from '../markup.ts';
import { rowStatus } from '../statusIcon.ts';

const columns = ['col-name col-title', 'long', 'col-status', 'col-buttons'] as const;

/** Draws one table of the page: rows in groups, each group with its own head. */
export function detailsTable(id: string, view: TableView, send: Send<DetailsEvent>): Markup {
  return section(id, view.title, actionLine(view.actions, send), [
    view.text === '' ? undefined : element('p', { key: 'text', class: 'dim' }, [view.text]),
    noticeList(view.notices, send),
    view.groups.length === 0
      ? undefined
      : element('table', { key: 'table', class: 'details', 'aria-labelledby': id }, [
          element('thead', {}, [
            element('tr', {}, view.heads.map((head, index) => element('th', { key: columns[index], scope: 'col', class: columns[index] }, [head]))),
          ]),
          ...view.groups.map((group) => rowGroup(group, view.heads.length, send)),
        ]),
  ], view.busy);
}

function rowGroup(group: GroupView, width: number, send: Send<DetailsEvent>): Markup {
  return element('tbody', { key: group.id }, [
    group.title === undefined ? undefined : groupHead(group, group.title, width, send),
    ...group.rows.map((row) => tableRow(row, width, send)),
  ]);
}

function groupHead(group: GroupView, title: string, width: number, send: Send<DetailsEvent>): Markup {
  return element('tr', { key: 'head', class: 'group' }, [
    element('th', { colspan: String(width), scope: 'rowgroup' }, [
      element('strong', {}, [title]),
      // Spaces for the head's name, which assistive technology puts together.
      ' ',
      element('small', { key: 'detail' }, [group.detail]),
      ' ',
      ...group.actions.map((action) => actionButton(action, send)),
      group.remark === '' ? undefined : element('p', { key: 'remark', class: 'dim' }, [group.remark]),
    ]),
  ]);
}

function tableRow(row: DetailsRowView, width: number, send: Send<DetailsEvent>): Markup {
  return element('tr', { key: row.id, 'data-row': row.id, 'data-status': row.status }, [
    element('th', { key: 'name', scope: 'row' }, [row.isCode ? element('code', {}, [row.name]) : row.name]),
    element('td', { key: 'value', class: 'long' }, [
      ...valueOf(row.value, send),
      changeList(row.changes),
      ...row.remarks.map((remark) => element('p', { key: remark, class: 'dim' }, [remark])),
    ]),
    element('td', { key: 'status' }, [rowStatus(row.status, row.statusText, { shape: row.statusIcon })]),
    width < columns.length ? undefined : element('td', { key: 'buttons' }, row.buttons.map(({ icon, action }) => (icon === undefined ? actionButton(action, send) : iconButton(icon, action, send)))),
  ]);
}

function valueOf(value: DetailsRowView['value'], send: Send<DetailsEvent>): readonly Child[] {
  switch (value.kind) {
    case 'subject':
      return [element('code', { key: 'value', class: 'subject' }, [element('span', {}, [value.prefix]), element('span', {}, [value.rest])])];
    case 'code':
      return [element('code', { key: 'value' }, [value.text])];
    case 'text':
      return [value.text];
    case 'link':
      return [actionButton(value.action, send)];
  }
}
