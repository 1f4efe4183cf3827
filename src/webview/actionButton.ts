import type { ActionView } from '../trust/connectView.ts';
import type { UserEvent } from '../trust/connectEvents.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { icon } from './statusIcon.ts';

/** How a drawing tells the host what the user did. */
export type Send = (event: UserEvent) => void;

/** Gives a button. `data-event` lets the focus find the button that does the same in the next view. */
export function actionButton(action: ActionView, send: Send): Markup {
  return element(
    'button',
    {
      key: keyOf(action),
      type: 'button',
      class: action.style === 'secondary' ? undefined : action.style,
      'aria-label': action.accessibleName,
      'data-event': action.event.kind,
      'aria-disabled': action.disabled === true ? 'true' : undefined,
    },
    [action.label],
    press(action, send),
  );
}

/** Gives a button that shows an icon instead of its label; the name is also its tooltip. */
export function iconButton(name: string, action: ActionView, send: Send): Markup {
  const label = action.accessibleName ?? action.label;
  return element(
    'button',
    {
      key: keyOf(action),
      type: 'button',
      class: 'icon',
      'aria-label': label,
      title: label,
      'data-event': action.event.kind,
      'aria-disabled': action.disabled === true ? 'true' : undefined,
    },
    [icon(name)],
    press(action, send),
  );
}

/** Gives a line of buttons, and nothing where there are none. */
export function actionLine(actions: readonly ActionView[], send: Send): Markup | undefined {
  return actions.length === 0
    ? undefined
    : element('div', { key: 'actions', class: 'actions' }, actions.map((action) => actionButton(action, send)));
}

function keyOf(action: ActionView): string {
  return JSON.stringify(action.event);
}

/** A button that can do nothing now keeps the focus and its place in the tab order, so that pressing Stop loses nobody. */
function press(action: ActionView, send: Send): Markup['control'] {
  return {
    kind: 'press',
    press: () => {
      if (action.disabled !== true) {
        send(action.event);
      }
    },
  };
}
