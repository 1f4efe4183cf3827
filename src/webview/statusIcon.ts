import type { ViewStatus } from '../page/viewParts.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';

/** A status is a word, a shape, then a colour: this is the shape; `data-status` on an ancestor picks the colour. */
const rowIcons: Readonly<Record<ViewStatus, string | undefined>> = {
  none: undefined,
  create: 'add',
  keep: 'pass',
  replace: 'arrow-swap',
  conflict: 'error',
  unconfirmed: 'question',
  waiting: 'circle-large',
  writing: 'loading',
  done: 'pass',
  failed: 'error',
  skipped: 'dash',
};

/** Of a sentence, the shape says how much it matters and not what would be written. */
const sentenceIcons: Readonly<Record<ViewStatus, string | undefined>> = {
  ...rowIcons,
  create: 'info',
  replace: 'warning',
  unconfirmed: 'warning',
};

/** Gives a row's status: icon and word. `id` lets a control be described by it, `shape` is an icon in place of the status's own. */
export function rowStatus(status: ViewStatus, text: string, options: { readonly id?: string; readonly shape?: string | undefined } = {}): Markup {
  return withIcon(options.shape ?? rowIcons[status], [text], options.id);
}

/** Gives a sentence with the icon of its status, and none where the status is `none`. */
export function sentence(status: ViewStatus, content: readonly (Markup | string)[]): Markup {
  return withIcon(sentenceIcons[status], content);
}

/** Gives one of VS Code's icons, hidden from assistive technology: the words beside it say the same. */
export function icon(name: string): Markup {
  const spin = name === 'loading' ? ' codicon-modifier-spin' : '';
  return element('i', { class: `codicon codicon-${name}${spin}`, 'aria-hidden': 'true' });
}

function withIcon(name: string | undefined, content: readonly (Markup | string)[], id?: string): Markup {
  return element('span', { class: 'status', id }, [
    name === undefined ? undefined : icon(name),
    element('span', {}, content),
  ]);
}
