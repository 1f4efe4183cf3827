import type { ChangeView } from '../page/viewParts.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';

/** Gives old against new, value by value; `del` and `ins` are announced as such. Nothing where nothing changes. */
export function changeList(changes: readonly ChangeView[]): Markup | undefined {
  return changes.length === 0
    ? undefined
    : element('dl', { key: 'changes', class: 'change' }, changes.flatMap((change) => [
        element('dt', { key: `dt ${change.label}` }, [change.label]),
        element('dd', { key: `dd ${change.label}` }, [
          element('code', {}, [element('del', {}, [change.before]), element('ins', {}, [change.after])]),
        ]),
      ]));
}
