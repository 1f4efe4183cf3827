import * as vscode from 'vscode';
import type { StepItem } from '../connect/stepPick.ts';
import { pickStep } from '../connect/stepPick.ts';
import { askText } from '../inputStep.ts';
import type { FilterPlace, FilterStore } from './filterStore.ts';

/** A filter that is being put together. */
interface Draft<Filter> {
  readonly filter: Filter;
  readonly place: FilterPlace;
}

/** One condition of a filter, as a line of the menu. */
interface FilterCondition<Filter> {
  readonly label: string;
  readonly icon: string;
  /** What it lets through now. */
  readonly description: string;
  readonly detail?: string;
  /** Gives the filter with another condition; the same one when the question was left. */
  readonly change: (filter: Filter) => Filter | Promise<Filter>;
}

/** A kind of filter as the user meets it. */
interface FilterMenu<Filter> {
  readonly title: string;
  readonly placeholder: string;
  /** What shows the rows that are let through, and ends the menu. */
  readonly show: string;
  isEmpty(filter: Filter): boolean;
  /** A filter in words. */
  text(filter: Filter): string;
  conditions(filter: Filter): readonly FilterCondition<Filter>[];
}

type Step<Filter> = 'apply' | 'clear' | 'place' | FilterCondition<Filter>['change'];

/** Has the user put a filter together, one condition after the other, and keeps it when it is to be applied. */
export async function askFilter<Filter>(store: FilterStore<Filter>, menu: FilterMenu<Filter>): Promise<void> {
  let draft: Draft<Filter> = { filter: store.current(), place: store.place() };
  for (;;) {
    const answer = await pickStep<Step<Filter>>({
      title: menu.title,
      placeholder: menu.placeholder,
      load: async (show) => { show(menuItems(menu, draft)); },
    });
    if (answer.kind !== 'picked') {
      return;
    }
    switch (answer.value) {
      case 'apply':
        await store.set(draft.filter, draft.place);
        return;
      case 'clear':
        await store.clear();
        return;
      case 'place':
        draft = { ...draft, place: draft.place === 'user' ? 'workspace' : 'user' };
        break;
      default:
        draft = { ...draft, filter: await answer.value(draft.filter) };
    }
  }
}

/** The condition that a name holds a text. */
export function nameCondition<Filter extends { readonly name?: string }>(title: string, { name = '' }: Filter): FilterCondition<Filter> {
  return {
    label: vscode.l10n.t('Name…'),
    icon: 'symbol-text',
    description: name === '' ? vscode.l10n.t('all') : name,
    change: async (filter) => {
      const answer = await askText({ title, prompt: vscode.l10n.t('A part of the name; nothing shows all.'), value: filter.name ?? '', back: true });
      return answer.kind === 'entered' ? { ...filter, name: answer.text } : filter;
    },
  };
}

/** How many of something a condition lets through. */
export function chosenText(chosen: readonly unknown[]): string {
  return chosen.length === 0 ? vscode.l10n.t('all') : vscode.l10n.t('{0} chosen', chosen.length);
}

function menuItems<Filter>(menu: FilterMenu<Filter>, { filter, place }: Draft<Filter>): readonly StepItem<Step<Filter>>[] {
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    { label: `$(check) ${menu.show}`, description: menu.isEmpty(filter) ? vscode.l10n.t('all') : menu.text(filter), value: 'apply' },
    separator,
    ...menu.conditions(filter).map(({ label, icon, description, detail, change }) => ({ label: `$(${icon}) ${label}`, description, ...(detail === undefined ? {} : { detail }), value: change })),
    separator,
    {
      label: `$(save) ${vscode.l10n.t('Keep the filter for')}`,
      description: place === 'user' ? vscode.l10n.t('all my windows') : vscode.l10n.t('this workspace'),
      value: 'place',
    },
    ...(menu.isEmpty(filter) ? [] : [{ label: `$(clear-all) ${vscode.l10n.t('Clear Filter')}`, value: 'clear' as const }]),
  ];
}
