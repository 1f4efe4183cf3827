import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock that nobody has touched for so long belongs to an installer that was killed. */
const staleLockMs = 10 * 60_000;

/** Something large from a package index that is installed once per machine. */
export interface CachedInstallation {
  /** Name of its folder: another one for each version, because an installation is never changed. */
  readonly folder: string;
  /** What is installed, for the line that says so. */
  readonly title: string;
  /** Fills an empty folder, which is moved to its place afterwards. */
  readonly install: (staging: string) => Promise<void>;
}

/** The user's cache directory: XDG_CACHE_HOME, else what the platform uses. */
function cacheDir(): string {
  const xdg = process.env['XDG_CACHE_HOME'];
  if (xdg !== undefined && path.isAbsolute(xdg)) {
    return xdg;
  }
  return process.platform === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache');
}

/**
 * Gives the folder of an installation in the user's cache directory, making it first where no clone did so before. Two processes do
 * not install the same at once. Throws what `install` throws, and leaves nothing behind then.
 */
export async function cachedInstallation({ folder, title, install }: CachedInstallation): Promise<string> {
  const parent = path.join(cacheDir(), 'airflow-azure-identity');
  const target = path.join(parent, folder);
  if (existsSync(target)) {
    return target;
  }
  await mkdir(parent, { recursive: true });
  await withLock(`${target}.lock`, title, async () => {
    if (!existsSync(target)) {
      console.log(`Installing ${title} into ${target}…`);
      const staging = `${target}.${process.pid}.part`;
      try {
        await mkdir(staging);
        await install(staging);
        await rename(staging, target);
      } finally {
        await rm(staging, { recursive: true, force: true });
      }
    }
  });
  return target;
}

/** Holds a lock file while `work` runs, waiting for another process that holds it, and taking over a lock whose process is gone. */
async function withLock(lock: string, title: string, work: () => Promise<void>): Promise<void> {
  let said = false;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { force: true });
    } else {
      if (!said) {
        console.log(`Another process is installing ${title}: waiting for it…`);
        said = true;
      }
      await delay(500);
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(lock, 'utf8'));
    return pid > 0 ? !isAlive(pid) : Date.now() - (await stat(lock)).mtimeMs > staleLockMs;
  } catch {
    return false; // released meanwhile
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
