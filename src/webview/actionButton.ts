import type { ActionOf, PageEvent } from '../page/viewParts.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { icon } from './statusIcon.ts';

/** How a drawing tells the host what the user did. */
export type Send<Event> = (event: Event) => void;

/** Gives a button. `data-event` lets the focus find the button that does the same in the next view. */
export function actionButton<Event extends PageEvent>(action: ActionOf<Event>, send: Send<Event>): Markup {
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
export function iconButton<Event extends PageEvent>(name: string, action: ActionOf<Event>, send: Send<Event>): Markup {
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
export function actionLine<Event extends PageEvent>(actions: readonly ActionOf<Event>[], send: Send<Event>): Markup | undefined {
  return actions.length === 0
    ? undefined
    : element('div', { key: 'actions', class: 'actions' }, actions.map((action) => actionButton(action, send)));
}

function keyOf(action: ActionOf<PageEvent>): string {
  return JSON.stringify(action.event);
}

/** A button that can do nothing now keeps the focus and its place in the tab order, so that pressing Stop loses nobody. */
function press<Event extends PageEvent>(action: ActionOf<Event>, send: Send<Event>): Markup['control'] {
  return {
    kind: 'press',
    press: () => {
      if (action.disabled !== true) {
        send(action.event);
      }
    },
  };
}
