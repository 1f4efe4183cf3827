import * as vscode from 'vscode';
import { paced } from '../paced.ts';
import { failureItem } from '../rights/failureItem.ts';
import type { Services } from '../services.ts';
import type { StepItem } from './stepPick.ts';

/** What a pick lists while its pages arrive. */
export interface PagedItems<T, Row> {
  readonly pages: () => AsyncIterable<readonly Row[]>;
  readonly item: (row: Row) => StepItem<T>;
  /** Offered below the rows all the time. */
  readonly always?: readonly StepItem<T>[];
  /** Offered below the rows once all of them are there, so that Enter does not take it meanwhile. */
  readonly last?: readonly StepItem<T>[];
  /** Said where there was no row. */
  readonly none?: string;
  /** What the log calls the listing when it fails. */
  readonly name: string;
}

/** Shows items page by page as they arrive; a failure stands in the place of what is missing. For `load` of `pickStep`. */
export async function showPages<T, Row>(
  services: Pick<Services, 'commands' | 'log'>,
  show: (items: readonly StepItem<T>[]) => void,
  signal: AbortSignal,
  { pages, item, always = [], last = [], none, name }: PagedItems<T, Row>,
): Promise<void> {
  const found: StepItem<T>[] = [];
  const redraw = paced(() => {
    show([...found, ...always]);
    return found.length;
  });
  show(always);
  try {
    for await (const page of pages()) {
      found.push(...page.map(item));
      redraw();
    }
    const rows = found.length === 0 && none !== undefined ? [{ label: `$(info) ${none}`, alwaysShow: true }] : found;
    show([...rows, ...last, ...always]);
  } catch (error) {
    if (!signal.aborted) {
      show([...found, ...last, failureItem(services, name, error), ...always]);
    }
  }
}

/** What is said where a listing is empty. */
export function noneFound(): string {
  return vscode.l10n.t('None found that this account can see');
}
