import { runInHost } from './hostProgram.ts';
import { median } from './median.ts';

const runs = 3;

/** Median of the milliseconds that `activate` takes, each time in a VS Code that was just started. @throws when VS Code does not come up. */
export async function measureActivation(env: Readonly<Record<string, string>>): Promise<{ readonly activateMs: number }> {
  return { activateMs: median((await runInHost('hostActivation', runs, env)).map(Number)) };
}
