import * as vscode from 'vscode';
import type { RowProgress } from '../../trust/apply.ts';
import { stoppable } from '../stoppable.ts';

/** Tells about one write among several; `name` is the credential's. */
export type SayProgress = (name: string, progress: RowProgress) => void;

/** Runs writes under a notification with their progress; its Cancel stops before the next write. `total` counts the writes. */
export async function writingProgress<T>(title: string, total: number, run: (say: SayProgress, stop: AbortSignal) => Promise<T>): Promise<T> {
  return stoppable(title, (stop, progress) => {
    let begun = 0;
    const say: SayProgress = (name, at) => {
      if (at.state === 'writing') {
        begun += at.attempt === 1 ? 1 : 0;
        progress.report({ message: vscode.l10n.t('{0} ({1} of {2})', name, begun, total), increment: at.attempt === 1 ? 100 / total : 0 });
      } else if (at.state === 'pausing') {
        progress.report({ message: vscode.l10n.t('{0} waits {1} s: {2}', name, Math.ceil(at.waitMs / 1000), at.reason) });
      }
    };
    return run(say, stop);
  });
}
