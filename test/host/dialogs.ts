import * as vscode from 'vscode';
import { until } from './until.ts';

type Dialog = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Answers VS Code's own quick picks and input boxes, one after another, as a person with a keyboard would. */
export interface Dialogs {
  /** Waits for a pick that offers an item whose label this matches, and takes the item; gives what else stood there. */
  pick(label: RegExp): Promise<readonly string[]>;
  /** Waits for a pick that offers an item whose label this matches, and gives the label of the item that Enter would take. */
  marked(label: RegExp): Promise<string | undefined>;
  /** Waits for a question whose prompt this matches, and answers it; gives what was said against the answer, if it was refused. */
  enter(prompt: RegExp, text: string): Promise<string | undefined>;
  /** Closes what is open, as Escape does. */
  escape(): Promise<void>;
}

/** Runs an action while its dialogs are answered; ends when both did. What a dialog shows is what VS Code draws. */
export async function answering(run: () => Thenable<unknown>, answer: (dialogs: Dialogs) => Promise<void>): Promise<void> {
  const { createQuickPick, createInputBox } = vscode.window;
  let open: Dialog | undefined;
  const watched = <T extends Dialog>(dialog: T): T => {
    const show = dialog.show.bind(dialog);
    dialog.onDidHide(() => {
      if (open === dialog) {
        open = undefined;
      }
    });
    return Object.assign(dialog, {
      show: () => {
        open = dialog;
        show();
      },
    });
  };
  const dialogs: Dialogs = {
    pick: (label) =>
      until(async () => {
        const pick = open;
        const item = pick !== undefined && 'items' in pick ? pick.items.find((one) => label.test(one.label)) : undefined;
        if (pick === undefined || !('items' in pick) || item === undefined) {
          return undefined;
        }
        pick.activeItems = [item];
        await drawn(pick);
        if (open !== pick || pick.activeItems[0] !== item) {
          return undefined;
        }
        const shown = pick.items.map(textOf);
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await closed(() => open !== pick);
        return open === pick ? undefined : shown;
      }, () => `no item ${String(label)}, but ${open !== undefined && 'items' in open ? open.items.map(textOf).join('; ') : titleOf(open)}`),
    marked: async (label) => {
      const pick = await until(() => (open !== undefined && 'items' in open && open.items.some((item) => label.test(item.label)) ? open : undefined), () => `no item ${String(label)}, but ${titleOf(open)}`);
      await drawn(pick);
      return pick.activeItems[0]?.label;
    },
    enter: async (prompt, text) => {
      const box = await until(() => (open !== undefined && 'prompt' in open && prompt.test(open.prompt ?? '') ? open : undefined), () => `no question ${String(prompt)}, but ${titleOf(open)}`);
      box.value = text;
      await drawn(box);
      return until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await closed(() => open !== box || (box.validationMessage ?? '') !== '');
        const refusal = box.validationMessage;
        return open !== box ? { said: undefined } : refusal === undefined || refusal === '' ? undefined : { said: typeof refusal === 'string' ? refusal : refusal.message };
      }).then(({ said }) => said);
    },
    escape: async () => {
      await until(() => open, () => 'nothing is open');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await until(() => open === undefined, () => `still open: ${titleOf(open)}`);
    },
  };
  Object.assign(vscode.window, {
    createQuickPick: () => watched(createQuickPick()),
    createInputBox: () => watched(createInputBox()),
  });
  try {
    await Promise.all([run(), answer(dialogs)]);
  } finally {
    Object.assign(vscode.window, { createQuickPick, createInputBox });
  }
}

/**
 * The window has taken what was set here, and said what it made of it: showing a dialog sends what VS Code would send a turn later
 * (microsoft/vscode, `src/vs/workbench/api/common/extHostQuickOpen.ts`, `update`), and an answer comes after all that was said before it.
 */
async function drawn(dialog: Dialog): Promise<void> {
  dialog.show();
  await vscode.commands.getCommands(true);
}

/** Lets a question that was answered close: it does so a turn after the next one opened. */
async function closed(isClosed: () => boolean): Promise<void> {
  for (let turns = 0; turns < 100 && !isClosed(); turns++) {
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
}

function titleOf(dialog: Dialog | undefined): string {
  return dialog === undefined ? 'nothing is open' : (dialog.title ?? 'a dialog without a title');
}

function textOf({ label, description, detail }: vscode.QuickPickItem): string {
  return [label, description, detail].filter((part) => part !== undefined && part !== '').join(' | ');
}
