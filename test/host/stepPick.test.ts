import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pickStep } from '../../src/vscode/connect/stepPick.ts';
import type { StepItem } from '../../src/vscode/connect/stepPick.ts';
import { until } from './until.ts';

const create: StepItem<string> = { label: 'Create identity…', value: 'create' };
const identity = (name: string): StepItem<string> => ({ label: name, value: name });

describe('A pick whose items arrive while it is open', () => {
  const { createQuickPick } = vscode.window;
  let pick: vscode.QuickPick<vscode.QuickPickItem>;
  let show: (items: readonly StepItem<string>[]) => void;
  let answer: Promise<unknown>;

  beforeEach(async () => {
    Object.assign(vscode.window, { createQuickPick: () => (pick = createQuickPick()) });
    answer = pickStep<string>({
      title: 'Identity',
      placeholder: 'Which?',
      active: ({ value }) => value !== 'create',
      load: async (showItems) => { show = showItems; },
    });
    show([create, identity('id-1')]);
    await until(() => marked() === 'id-1');
  });
  afterEach(async () => {
    Object.assign(vscode.window, { createQuickPick });
    pick.hide();
    assert.deepEqual(await answer, { kind: 'cancelled' });
  });

  const marked = (): string | undefined => pick.activeItems[0]?.label;

  /** What the window makes of the items comes before its answer to anything later. */
  async function drawn(): Promise<void> {
    pick.show();
    await vscode.commands.getCommands(true);
  }

  it('leaves the marker on the first item, where the user went there', async () => {
    pick.activeItems = pick.items.slice(0, 1);
    await drawn();
    show([create, identity('id-0'), identity('id-1')]);
    await drawn();
    assert.equal(marked(), create.label);
  });

  it('marks what is meant by Enter while nobody chose', async () => {
    show([create, identity('id-0'), identity('id-1')]);
    await drawn();
    assert.equal(marked(), 'id-0');
  });

  it('marks what matches where somebody types while items arrive', async () => {
    pick.value = 'id-1';
    await drawn();
    // What is typed is known here a moment later than in the window.
    Object.defineProperty(pick, 'value', { configurable: true, get: () => '' });
    show([create, identity('id-0'), identity('id-1')]);
    Reflect.deleteProperty(pick, 'value');
    await until(() => marked() === 'id-1');
  });
});
