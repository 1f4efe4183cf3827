import type * as vscode from 'vscode';

/** The part of a quick pick that this is about. */
type RowsOf<T extends vscode.QuickPickItem> = Pick<vscode.QuickPick<T>, 'items' | 'activeItems' | 'value' | 'onDidChangeActive'>;

/**
 * The rows of a quick pick that are replaced while it is open, and what Enter or a click means meanwhile. VS Code says by number which row
 * is marked, counting the rows that it shows; the extension host looks the number up among the rows that it was given last
 * (`ExtHostQuickPick._handlesToItems`, src/vs/workbench/api/common/extHostQuickOpen.ts in microsoft/vscode). Until the new rows are drawn
 * the same number may be another row, or none: the answer would be the wrong one, or would be lost.
 */
export class ChangingRows<T extends vscode.QuickPickItem> {
  readonly #pick: RowsOf<T>;
  readonly #windowDrew: () => Promise<void>;
  /** The rows that the window may still show. */
  #before: readonly T[] = [];
  /** Ends once the window has drawn what it was given, and has said which row is marked. */
  #drawn: Promise<unknown> | undefined;
  /** The row that was marked last, by either count. */
  #marked: readonly T[] = [];
  #isAnswering = false;
  #held: (() => void) | undefined;

  /** @param windowDrew ends once VS Code's window has drawn what it was given until now, and all that it said meanwhile has arrived. */
  constructor(pick: RowsOf<T>, windowDrew: () => Promise<void>) {
    this.#pick = pick;
    this.#windowDrew = windowDrew;
    pick.onDidChangeActive(([active]) => {
      if (active === undefined) {
        this.#draws(this.#markAgain());
      } else {
        const other = this.#drawn === undefined ? undefined : this.#before[this.#pick.items.indexOf(active)];
        this.#marked = other === undefined ? [active] : [active, other];
      }
    });
  }

  /** Has `draw` replace the rows; where an answer is being found out, after that. */
  replace(draw: () => void): void {
    if (this.#isAnswering) {
      this.#held = draw;
      return;
    }
    const before = this.#pick.items;
    draw();
    const now = this.#pick.items;
    if (!before.every((row, index) => isSameRow(row, now[index]))) {
      this.#before = before;
      this.#draws(this.#windowDrew());
    }
  }

  /**
   * The row that the user took just now. `undefined` where rows were replaced at that moment and it cannot be told which one the user saw:
   * nothing is taken then, and the next Enter is about what shows.
   */
  async taken(): Promise<T | undefined> {
    const [active] = this.#pick.activeItems;
    if (active !== undefined && this.#drawn === undefined) {
      return active;
    }
    if (this.#isAnswering) {
      return undefined;
    }
    const meant = this.#marked;
    const [row, other = row] = meant;
    if (active !== undefined && row !== undefined && isSameRow(row, other)) {
      return this.#pick.items.find((item) => item === row) ?? this.#pick.items.find((item) => isSameRow(item, row));
    }
    this.#isAnswering = true;
    try {
      await this.#drawn;
    } finally {
      this.#isAnswering = false;
    }
    const [now] = this.#pick.activeItems;
    const taken = meant.some((one) => isSameRow(one, now)) ? now : undefined;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) {
      // What was taken may be no answer that closes the question, but something to do in between.
      this.replace(held);
    }
    return taken;
  }

  #draws(drawing: Promise<void>): void {
    const drawn = Promise.allSettled([this.#drawn, drawing]).finally(() => {
      if (this.#drawn === drawn) {
        this.#drawn = undefined;
        this.#before = [];
      }
    });
    this.#drawn = drawn;
  }

  /** What was made active while the user typed may not match; then VS Code marks nothing, and Enter would do nothing. */
  async #markAgain(): Promise<void> {
    // With each key VS Code says that nothing is marked, and at once what is.
    await this.#windowDrew();
    if (this.#pick.activeItems.length === 0 && this.#pick.value !== '') {
      this.#pick.items = [...this.#pick.items];
      await this.#windowDrew();
    }
  }
}

/** Whether two rows are the same one to the user, whatever is told about it below. */
export function isSameRow(a: vscode.QuickPickItem, b: vscode.QuickPickItem | undefined): boolean {
  return a.label === b?.label && a.description === b.description;
}
