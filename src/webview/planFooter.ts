import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectView } from '../trust/connectView.ts';
import { actionLine } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';

/** Draws the plan in one sentence beside its button. The sentence is the page's one progress announcer. */
export function planFooter(view: ConnectView['footer'], send: Send<UserEvent>): Markup {
  return element('footer', { key: 'footer', class: 'plan', 'data-section': 'footer' }, [
    view.progress === undefined
      ? undefined
      : element('progress', {
          max: String(view.progress.total),
          value: String(view.progress.done),
          'aria-label': l10n.t('Steps done'),
        }),
    element('p', { role: 'status' }, [
      element('strong', {}, [view.headline]),
      ' ',
      element('small', {}, [view.detail]),
    ]),
    actionLine(view.actions, send),
  ]);
}
