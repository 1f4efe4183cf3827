import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectionView, ConnectView } from '../trust/connectView.ts';
import type { Send } from './actionButton.ts';
import { noticeList, section } from './factSection.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';
import { icon, sentence } from './statusIcon.ts';
import { textField } from './textField.ts';

/** Draws the connection: its fields beside what would become of the file, or a sentence where there is nothing to choose. */
export function connection(view: ConnectView['connection'], send: Send<UserEvent>): Markup {
  const { form } = view;
  return section('connection', view.title, undefined, [
    view.text === undefined ? undefined : element('p', { key: 'text', class: 'dim' }, [view.text]),
    form === undefined ? undefined : element('div', { key: 'form', class: 'pair' }, [fields(form, send), aside(form, send)]),
  ]);
}

function fields(form: ConnectionView, send: Send<UserEvent>): Markup {
  return element('div', { key: 'fields', class: 'fields' }, [
    ...field('conn-id', l10n.t('Connection ID'), form.connectionIdProblem, undefined, form.connectionId, (value) =>
      send({ kind: 'setConnectionId', value })),
    ...value('client', l10n.t('Client ID'), form.clientId),
    ...value('tenant', l10n.t('Tenant ID'), form.tenantId),
    ...field(
      'conn-sub',
      l10n.t('Subscription ID'),
      form.subscriptionIdProblem,
      l10n.t('The subscription whose resources your tasks use.'),
      form.subscriptionId,
      (value) => send({ kind: 'setSubscriptionId', value }),
    ),
    ...targetField(form, send),
  ]);
}

function field(
  id: string,
  label: string,
  problem: string | undefined,
  hint: string | undefined,
  text: string,
  typed: (value: string) => void,
): readonly Markup[] {
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  return [
    element('label', { key: `${id} label`, for: id }, [label]),
    element('div', { key: id }, [
      textField({
        id,
        value: text,
        typed,
        problemId: problem === undefined ? undefined : problemId,
        ...(hint === undefined ? {} : { hintId }),
      }),
      problem === undefined
        ? undefined
        : element('p', { key: 'problem', id: problemId, 'data-status': 'conflict' }, [sentence('conflict', [problem])]),
      hint === undefined ? undefined : element('small', { key: 'hint', id: hintId }, [hint]),
    ]),
  ];
}

function value(key: string, label: string, text: string): readonly Markup[] {
  return [
    element('span', { key: `${key} label`, class: 'label' }, [label]),
    element('code', { key }, [text]),
  ];
}

function targetField(form: ConnectionView, send: Send<UserEvent>): readonly Markup[] {
  return [
    element('label', { key: 'target label', for: 'conn-file' }, [l10n.t('Write to')]),
    element('div', { key: 'target' }, [
      element('span', { class: 'select' }, [
        element(
          'select',
          { id: 'conn-file', 'aria-describedby': form.targetHint === '' ? undefined : 'conn-file-hint' },
          form.targets.map((target) => element('option', { key: target.uri, value: target.uri }, [target.label])),
          { kind: 'choice', value: form.target, chosen: (uri) => send({ kind: 'setTarget', uri }) },
        ),
        icon('chevron-down'),
      ]),
      form.targetHint === '' ? undefined : element('small', { key: 'hint', id: 'conn-file-hint' }, [form.targetHint]),
    ]),
  ];
}

/** What would become of the file: notices, both versions of an entry that holds other values, the lines as they would stand. */
function aside(form: ConnectionView, send: Send<UserEvent>): Markup {
  return element('div', { key: 'aside', class: 'preview' }, [
    noticeList(form.notices, send),
    form.differs === undefined ? undefined : differing(form.differs, send),
    form.preview === undefined ? undefined : preview(form.preview),
  ]);
}

function differing(differs: NonNullable<ConnectionView['differs']>, send: Send<UserEvent>): Markup {
  return element('div', { key: 'differs', class: 'differs' }, [
    element('pre', {}, [
      element('code', {}, [...signedLines('del', differs.existing), ...signedLines('ins', differs.wanted)]),
    ]),
    element('label', { class: 'choice' }, [
      element('input', { type: 'checkbox' }, [], {
        kind: 'tick',
        ticked: differs.overwrite,
        changed: (overwrite) => send({ kind: 'setOverwrite', overwrite }),
      }),
      differs.label,
    ]),
  ]);
}

function signedLines(tag: 'del' | 'ins', text: string): readonly Markup[] {
  return text.split('\n').map((line) => element(tag, {}, [line]));
}

function preview(view: NonNullable<ConnectionView['preview']>): Markup {
  const tags = { same: 'span', removed: 'del', added: 'ins' } as const;
  return element('figure', { key: 'preview' }, [
    element('figcaption', {}, [view.title]),
    element('pre', {}, [
      element('code', {}, view.lines.map((line) => element(tags[line.kind], {}, [line.text]))),
    ]),
  ]);
}
