import * as vscode from 'vscode';
import { toAirflowIdentityError } from '../../errors.ts';
import { closeQuestion } from '../closeQuestion.ts';
import { windowDrew } from '../windowDrew.ts';
import { ChangingRows, isSameRow } from './changingRows.ts';

/** Where a step stands in the keyboard flow; absent when it is asked for alone. */
export interface StepPlace {
  readonly step: number;
  readonly totalSteps: number;
}

/** How a step ended. */
export type StepAnswer<T> = { readonly kind: 'picked'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** What a step of the keyboard flow leads to. */
export type Turn = 'next' | 'back' | 'cancelled';

/** An item that stands for a value. */
export interface StepItem<T> extends vscode.QuickPickItem {
  readonly value?: T;
  /** Runs instead of picking. */
  readonly run?: () => Promise<void>;
}

/** A quick pick whose items may arrive while it is open. */
export interface StepPickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly place?: StepPlace | undefined;
  readonly back?: boolean | undefined;
  /** Tells the item that is active first, where it is known. */
  readonly active?: ((item: StepItem<T>) => boolean) | undefined;
  /**
   * Fills the pick. Called once; `show` replaces the items and keeps what the user typed and marked. The pick shows that it
   * is busy until the promise ends; the signal is aborted when the pick closes.
   */
  readonly load: (show: (items: readonly StepItem<T>[]) => void, signal: AbortSignal) => Promise<void>;
}

/** Asks for one value. Never rejects because of `load`: loaders show their failures as items. */
export async function pickStep<T>(options: StepPickOptions<T>): Promise<StepAnswer<T>> {
  const pick = vscode.window.createQuickPick<StepItem<T>>();
  const loading = new AbortController();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.step = options.place?.step;
  pick.totalSteps = options.place?.totalSteps;
  pick.buttons = options.back === true ? [vscode.QuickInputButtons.Back] : [];
  pick.busy = true;
  // Items that arrive later must not move the marker the user set.
  pick.keepScrollPosition = true;
  const rows = new ChangingRows(pick, windowDrew);
  let given: StepItem<T> | undefined;
  try {
    return await new Promise<StepAnswer<T>>((resolve, reject) => {
      pick.onDidTriggerButton(() => { resolve({ kind: 'back' }); });
      pick.onDidHide(() => { resolve({ kind: 'cancelled' }); });
      const take = async (): Promise<void> => {
        const item = await rows.taken();
        if (item?.value !== undefined) {
          resolve({ kind: 'picked', value: item.value });
        } else {
          await item?.run?.();
        }
      };
      pick.onDidAccept(() => { take().catch(reject); });
      pick.show();
      options
        .load((items) => {
          rows.replace(() => {
            if (!isDrawnAlike(pick.items, items)) {
              given = showItems(pick, items, options.active, given);
            }
          });
        }, loading.signal)
        .catch((error: unknown) => { if (!loading.signal.aborted) { reject(toAirflowIdentityError(error)); } })
        .finally(() => { pick.busy = false; });
    });
  } finally {
    loading.abort();
    closeQuestion(pick);
  }
}

/** @param given what was made active here before, which nobody chose yet. @returns what is made active now because nobody chose. */
function showItems<T>(
  pick: vscode.QuickPick<StepItem<T>>,
  items: readonly StepItem<T>[],
  isActive: ((item: StepItem<T>) => boolean) | undefined,
  given: StepItem<T> | undefined,
): StepItem<T> | undefined {
  // The first item is active because nobody chose yet; what arrives later must not make an arbitrary choice of it, unless the user
  // went there from the one that was made active. The same goes for an item that is left over when nothing else matches yet what
  // the user typed.
  const [marked] = pick.activeItems;
  const isLeftOver = pick.value !== '' && marked?.alwaysShow === true;
  const first = pick.items.find(isRow);
  const chosen = marked === (given ?? first) || isLeftOver ? undefined : marked;
  pick.items = items;
  const kept = chosen === undefined ? undefined : items.find((item) => isSameRow(item, chosen));
  // Once something was typed, VS Code marks the first row that matches; a row that does not match cannot be marked.
  const now = chosen === undefined && isActive !== undefined && pick.value === '' ? items.find(isActive) : undefined;
  const active = kept ?? now;
  // VS Code marks the first row by itself, and what was typed meanwhile counts there.
  if (active !== undefined && active !== items.find(isRow)) {
    pick.activeItems = [active];
  }
  return now;
}

function isRow({ kind }: vscode.QuickPickItem): boolean {
  return kind !== vscode.QuickPickItemKind.Separator;
}

/** Whether these rows show and mean what stands there already: a row that is drawn anew while it is being clicked does not notice the click. */
function isDrawnAlike<T>(before: readonly StepItem<T>[], now: readonly StepItem<T>[]): boolean {
  return before.length === now.length && now.every(({ label, description, detail, kind, value, run }, index) => {
    const other = before[index];
    return label === other?.label && description === other.description && detail === other.detail && kind === other.kind && value === other.value && run === undefined;
  });
}
