import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectView, OutcomeLineView } from '../trust/connectView.ts';
import { actionButton } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { section } from './factSection.ts';
import { element } from './markup.ts';
import type { Child, Markup } from './markup.ts';
import { sentence } from './statusIcon.ts';
import { withPart } from './textPart.ts';

type Outcome = NonNullable<ConnectView['outcome']>;

/** Draws what was done and what comes next. `jump` shows the row of the given id. */
export function outcome(view: Outcome, rows: ConnectView['credentials']['rows'], jump: (rowId: string) => void, send: Send<UserEvent>): Markup {
  return element('div', { key: 'outcome', class: 'pair' }, [
    section('outcome', view.title, undefined, [
      element('ul', { class: 'list' }, view.lines.map((line) =>
        element('li', { 'data-status': line.status }, [
          sentence(line.status, lineContent(line, rows.find((row) => row.id === line.rowId)?.title, jump, send)),
        ]))),
    ]),
    view.next.length === 0
      ? undefined
      : section('next', view.nextTitle, undefined, [
          element('ol', { class: 'list' }, view.next.map((text) => element('li', {}, [text]))),
        ]),
  ]);
}

/** Links stand on the words they belong to: the row's title, or the action's label where the sentence holds it. */
function lineContent(
  line: OutcomeLineView,
  rowTitle: string | undefined,
  jump: (rowId: string) => void,
  send: Send<UserEvent>,
): readonly Child[] {
  const { action, rowId } = line;
  if (action !== undefined) {
    const button = actionButton({ ...action, style: 'link' }, send);
    const inside = withPart(line.text, action.label, () => button);
    return inside.includes(button) ? inside : [line.text, ' ', button];
  }
  if (rowId === undefined || rowTitle === undefined) {
    return [line.text];
  }
  return withPart(line.text, rowTitle, (title) =>
    element(
      'button',
      { key: 'jump', type: 'button', class: 'link', 'aria-label': l10n.t('{0}, show its row', title) },
      [title],
      { kind: 'press', press: () => jump(rowId) },
    ));
}
