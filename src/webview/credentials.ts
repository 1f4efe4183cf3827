import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectView } from '../trust/connectView.ts';
import { actionLine } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { credentialRow } from './credentialRow.ts';
import { noticeList, section } from './factSection.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { withPart } from './textPart.ts';

/** Draws the federated credentials: one row per workload. Ticks and fields only while there is something to choose. */
export function credentials(view: ConnectView['credentials'], phase: ConnectView['phase'], send: Send<UserEvent>): Markup {
  const choosing = phase === 'empty' || phase === 'review';
  return section('credentials', view.title, actionLine(view.actions, send), [
    view.text === ''
      ? undefined
      : element('p', { key: 'text', class: 'dim' },
          withPart(view.text, view.audience ?? '', (audience) => element('code', {}, [audience]))),
    noticeList(view.notices, send),
    view.rows.length === 0
      ? undefined
      : element('table', { key: 'table', class: 'workloads', 'aria-labelledby': 'credentials' }, [
          heads(choosing),
          ...view.rows.map((row, index) => credentialRow(row, `w${index + 1}`, choosing, send)),
        ]),
  ]);
}

function heads(choosing: boolean): Markup {
  const head = (name: string, text: string): Markup => element('th', { key: name, scope: 'col', class: name }, [text]);
  return element('thead', {}, [
    element('tr', {}, [
      choosing ? head('col-tick', l10n.t('Trust')) : undefined,
      head('col-title', l10n.t('Workload')),
      head('long', l10n.t('Subject')),
      head('col-name', l10n.t('Credential name')),
      head('col-status', l10n.t('Status')),
    ]),
  ]);
}
