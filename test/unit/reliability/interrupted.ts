import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { finishChange } from '../../../src/trust/journalRun.ts';
import type { Direction } from '../../../src/trust/journalRun.ts';
import { finishedText, interruptedText } from '../../../src/trust/journalWords.ts';
import { resumingAzure } from '../../../src/vscode/journal/resumingAzure.ts';
import type { World } from '../../cloud/world.ts';
import { skippingClock } from '../azure/cloudClient.ts';
import type { Run, State } from './operation.ts';
import type { TestWindow } from './window.ts';

/** What stands where an operation writes, in any shape that compares with `deepEqual`, and how that is said. */
export interface Snapshot {
  readonly standing: unknown;
  readonly text: string;
}

/** What a change leads to when it is finished, and what stood before it. */
export interface Goals {
  readonly snapshot: (world: World) => Snapshot;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly cannotBeUndone: boolean | undefined;
}

/** The window after the one that went: it is offered the change, reads what stands, and finishes or undoes it. */
export function finishInterrupted(window: TestWindow, direction: Direction, { snapshot, before, after, cannotBeUndone }: Goals): Run {
  return {
    perform: async (stop) => {
      const [entry, ...others] = await window.journal.unfinished();
      assert.deepEqual(others, [], 'one change, one entry');
      if (entry === undefined) {
        return { text: 'Nothing was left.', complete: true };
      }
      const running = await window.journal.takeOver(entry.id);
      assert.ok(running);
      const ends = await finishChange(running, direction, resumingAzure(window.azure, window.actions), { clock: skippingClock, stop, report: () => undefined });
      await running.end();
      assert.deepEqual(await window.journal.unfinished(), []);
      return { text: `${interruptedText(entry)} ${finishedText(direction, entry.title, ends)}`, complete: true };
    },
    stateAfter: (world, told): State => {
      const now = snapshot(world);
      const wanted = direction === 'goOn' ? after : before;
      const isToldOf = direction === 'undo' && cannotBeUndone === true && told?.text.includes('Not done') === true;
      return isToldOf || isDeepStrictEqual(now.standing, wanted.standing) ? { text: now.text } : { text: now.text, wrong: 'lost' };
    },
  };
}
