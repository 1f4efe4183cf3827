import type { FactOf, NoticeOf, PageEvent } from '../page/viewParts.ts';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { SectionView } from '../trust/connectView.ts';
import { actionButton, actionLine, iconButton } from './actionButton.ts';
import type { Send } from './actionButton.ts';
import { element } from './markup.ts';
import type { Child, Markup } from './markup.ts';
import { quotaMeter } from './quotaMeter.ts';
import { icon, sentence } from './statusIcon.ts';

/** Gives a section's frame: heading and its actions, named for assistive technology by the heading. */
export function section(
  id: string,
  title: string,
  actions: Markup | undefined,
  content: readonly (Child | undefined)[],
  busy = false,
): Markup {
  return element('section', { key: id, 'data-section': id, 'aria-labelledby': id, 'aria-busy': busy ? 'true' : undefined }, [
    element('div', { key: 'head', class: 'section-header' }, [
      element('h2', { id }, [title, busy ? icon('loading') : undefined]),
      actions,
    ]),
    ...content,
  ]);
}

/** Draws the deployment or the identity: what is known of it, or what to choose. */
export function factSection(id: string, view: SectionView, send: Send<UserEvent>): Markup {
  return section(id, view.title, actionLine(view.actions, send), [
    view.text === undefined ? undefined : element('p', { key: 'text' }, [view.text]),
    view.prompts.length === 0
      ? undefined
      : element('div', { key: 'prompts', class: 'actions' }, view.prompts.map((action) => actionButton(action, send))),
    view.facts.length === 0
      ? undefined
      : factList('facts', view.facts, send),
    noticeList(view.notices, send),
  ], view.busy);
}

/** Gives names with their values. */
export function factList<Event extends PageEvent>(key: string, facts: readonly FactOf<Event>[], send: Send<Event>): Markup {
  return element('dl', { key, class: 'facts' }, facts.flatMap((fact) => factPair(fact, send)));
}

/** Gives sentences with their ways out, and nothing where there are none. */
export function noticeList<Event extends PageEvent>(notices: readonly NoticeOf<Event>[], send: Send<Event>): Markup | undefined {
  return notices.length === 0
    ? undefined
    : element('ul', { key: 'notices', class: 'list notices' }, notices.map((notice) =>
        element('li', { key: notice.text, 'data-status': notice.status }, [
          sentence(notice.status, [notice.text]),
          actionLine(notice.actions, send),
        ])));
}

function factPair<Event extends PageEvent>(fact: FactOf<Event>, send: Send<Event>): readonly Markup[] {
  return [
    element('dt', { key: `dt ${fact.label}` }, [fact.label]),
    element('dd', {
      key: `dd ${fact.label}`,
      class: fact.quota === undefined ? undefined : 'quota',
      'data-status': fact.status,
    }, factValue(fact, send)),
  ];
}

function factValue<Event extends PageEvent>(fact: FactOf<Event>, send: Send<Event>): readonly (Child | undefined)[] {
  if (fact.quota !== undefined) {
    return [quotaMeter(fact.quota), element('span', {}, [fact.quota.text])];
  }
  if (fact.status !== undefined && fact.status !== 'none') {
    return [sentence(fact.status, [fact.value])];
  }
  const tags = { text: 'span', code: 'code', strong: 'strong' } as const;
  return [
    element(tags[fact.style], {}, [fact.value]),
    fact.copy === undefined ? undefined : iconButton('copy', fact.copy, send),
    fact.edit === undefined ? undefined : iconButton('edit', fact.edit, send),
  ];
}
