import * as vscode from 'vscode';

/** What a notification shows of how far the work is; `increment` in percent. */
type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Runs work under a notification, whose Cancel aborts the signal: what that leaves undone is for the work to say. */
export async function stoppable<T>(title: string, run: (stop: AbortSignal, progress: Progress) => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => { stop.abort(); });
    return run(stop.signal, progress);
  });
}
