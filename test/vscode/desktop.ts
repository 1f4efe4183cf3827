import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outDir, projectDir } from '../tasks/projectDir.ts';
import { writeUserSettings } from './serverData.ts';

/** A desktop VS Code that was started here. */
export interface Desktop {
  /** Resolves when its last window is closed. */
  readonly ended: Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/**
 * Opens `folder` in the installed desktop VS Code (CODE_PATH, else `code` on the PATH), with a profile of its own, this project as an
 * extension under development, and the local cloud's sign-in beside it: one under development takes the place of the built-in one of the
 * same id. Throws with one sentence when there is no `code`.
 */
export async function openDesktop(folder: string, env: Readonly<Record<string, string>>): Promise<Desktop> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'airflow-identity-desktop-'));
  await writeUserSettings(dataDir, {});
  const command = process.env['CODE_PATH'] ?? 'code';
  const child = spawn(
    command,
    [
      '--wait',
      '--new-window',
      '--disable-workspace-trust',
      `--user-data-dir=${path.join(dataDir, 'data')}`,
      `--extensions-dir=${path.join(dataDir, 'extensions')}`,
      `--extensionDevelopmentPath=${projectDir}`,
      `--extensionDevelopmentPath=${path.join(outDir, 'microsoftAuthentication')}`,
      '--enable-proposed-api=vscode.microsoft-authentication',
      folder,
    ],
    { stdio: 'ignore', env: { ...process.env, ...env } },
  );
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Error(`"${command}" could not be started: install VS Code with its \`code\` command, or set CODE_PATH.`, { cause: error });
  }
  const ended = once(child, 'exit').then(() => undefined);
  return {
    ended,
    close: async () => {
      child.kill();
      await ended;
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
