import * as l10n from '@vscode/l10n';
import type { UserEvent } from '../trust/connectEvents.ts';
import type { ConnectionView, ConnectView } from '../trust/connectView.ts';
import { actionButton } from './actionButton.ts';
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
    ...typeField(form, send),
    ...field({ id: 'conn-id', label: l10n.t('Connection ID'), problem: form.connectionIdProblem, hint: form.connectionIdHint, text: form.connectionId, typed: (value) =>
      send({ kind: 'setConnectionId', value }) }),
    ...value('client', l10n.t('Client ID'), form.clientId),
    ...value('tenant', l10n.t('Tenant ID'), form.tenantId),
    ...form.fields.flatMap(({ id, label, problem, hint, placeholder, value: text, choose }) => field({
      id: `conn-field-${id}`,
      label,
      problem,
      hint,
      placeholder,
      text,
      typed: (typed) => send({ kind: 'setConnectionField', field: id, value: typed }),
      button: choose === undefined ? undefined : actionButton({ ...choose, event: { kind: 'chooseResource', field: id }, style: 'link' }, send),
    })),
    ...targetField(form, send),
  ]);
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly problem: string | undefined;
  /** Empty where there is nothing to explain. */
  readonly hint: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly typed: (value: string) => void;
  /** Stands behind the text. */
  readonly button?: Markup | undefined;
}

function field({ id, label, problem, hint, placeholder, text, typed, button }: Field): readonly Markup[] {
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  return [
    element('label', { key: `${id} label`, for: id }, [label]),
    element('div', { key: id }, [
      element('div', { key: 'line', class: 'line' }, [
        textField({
          id,
          value: text,
          typed,
          placeholder,
          problemId: problem === undefined ? undefined : problemId,
          ...(hint === '' ? {} : { hintId }),
        }),
        button,
      ]),
      problem === undefined
        ? undefined
        : element('p', { key: 'problem', id: problemId, 'data-status': 'conflict' }, [sentence('conflict', [problem])]),
      hint === '' ? undefined : element('small', { key: 'hint', id: hintId }, [hint]),
    ]),
  ];
}

function value(key: string, label: string, text: string): readonly Markup[] {
  return [
    element('span', { key: `${key} label`, class: 'label' }, [label]),
    element('code', { key }, [text]),
  ];
}

function typeField(form: ConnectionView, send: Send<UserEvent>): readonly Markup[] {
  return select({
    id: 'conn-type',
    label: l10n.t('Type'),
    hint: form.typeHint,
    options: form.types.map(({ id, label }) => ({ value: id, label })),
    value: form.type,
    chosen: (value) => send({ kind: 'setConnectionType', value }),
  });
}

interface Select {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly chosen: (value: string) => void;
}

function select({ id, label, hint, options, value: chosenValue, chosen }: Select): readonly Markup[] {
  return [
    element('label', { key: `${id} label`, for: id }, [label]),
    element('div', { key: id }, [
      element('span', { class: 'select' }, [
        element(
          'select',
          { id, 'aria-describedby': hint === '' ? undefined : `${id}-hint` },
          options.map((option) => element('option', { key: option.value, value: option.value }, [option.label])),
          { kind: 'choice', value: chosenValue, chosen },
        ),
        icon('chevron-down'),
      ]),
      hint === '' ? undefined : element('small', { key: 'hint', id: `${id}-hint` }, [hint]),
    ]),
  ];
}

function targetField(form: ConnectionView, send: Send<UserEvent>): readonly Markup[] {
  return select({
    id: 'conn-file',
    label: l10n.t('Write to'),
    hint: form.targetHint,
    options: form.targets.map(({ uri, label }) => ({ value: uri, label })),
    value: form.target,
    chosen: (uri) => send({ kind: 'setTarget', uri }),
  });
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
