import * as vscode from 'vscode';
import { closeQuestion } from './closeQuestion.ts';

/** One question with a text as its answer. */
export interface InputStep {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly back?: boolean;
  /** Says at once why an answer will not do, or gives `undefined`. */
  readonly problem?: (text: string) => string | undefined;
  /** Names the problem while the user types, not only when the answer is given. */
  readonly live?: boolean;
  /** Checks an accepted answer with a service; a text says why it was refused, and the question stays open. */
  readonly check?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** How a question ended. */
export type InputAnswer = { readonly kind: 'entered'; readonly text: string } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** Asks one question; white space around the answer is dropped. `check` must not reject but for a cancel. */
export async function askText(step: InputStep): Promise<InputAnswer> {
  const box = vscode.window.createInputBox();
  const closed = new AbortController();
  box.title = step.title;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder ?? '';
  box.value = step.value ?? '';
  box.password = step.password ?? false;
  box.step = step.step;
  box.totalSteps = step.totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = step.back === true ? [vscode.QuickInputButtons.Back] : [];
  try {
    return await new Promise<InputAnswer>((resolve, reject) => {
      box.onDidTriggerButton(() => { resolve({ kind: 'back' }); });
      box.onDidHide(() => { resolve({ kind: 'cancelled' }); });
      box.onDidChangeValue((value) => { box.validationMessage = step.live === true && value.trim() !== '' ? step.problem?.(value.trim()) : undefined; });
      box.onDidAccept(() => { accept(box, step, closed.signal, (text) => { resolve({ kind: 'entered', text }); }).catch(reject); });
      box.show();
    });
  } finally {
    closed.abort();
    closeQuestion(box);
  }
}

/** Takes the answer when it is good; otherwise the box says why not. */
async function accept(box: vscode.InputBox, step: InputStep, signal: AbortSignal, take: (text: string) => void): Promise<void> {
  if (box.busy) {
    // Enter was pressed once more while the answer is being checked.
    return;
  }
  const text = box.value.trim();
  let problem = step.problem?.(text);
  if (problem === undefined && step.check !== undefined) {
    box.busy = true;
    box.validationMessage = undefined;
    box.enabled = false;
    try {
      problem = await step.check(text, signal);
    } finally {
      box.busy = false;
      box.enabled = true;
    }
  }
  if (problem === undefined) {
    take(text);
  } else {
    box.validationMessage = problem;
  }
}
