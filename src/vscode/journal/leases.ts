import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

/** A window that holds nothing new for so long is taken to be gone, even where its process cannot be looked at. In milliseconds. */
const staleMs = 20_000;

/** How often a window says that it is still there. */
const heartbeatMs = 5_000;

const ownerSchema = v.object({ pid: v.number(), host: v.string() });

/** What tells one window from another: its extension host's process. */
export type LeaseOwner = v.InferOutput<typeof ownerSchema>;

interface Found {
  readonly generation: number;
  readonly file: string;
}

/**
 * Says which window works on what, in files that all windows see. Each takeover makes a file with the next number, which the
 * file system gives to one window only; the highest number owns. So a window that was asleep sees that it lost its lease.
 */
export class Leases {
  readonly #folder: string;
  readonly #owner: LeaseOwner;
  readonly #now: () => number;

  /** `now` in milliseconds since the Unix epoch, as the file system counts them. */
  constructor(folder: string, owner: LeaseOwner, now: () => number = Date.now) {
    this.#folder = folder;
    this.#owner = owner;
    this.#now = now;
  }

  /** Takes the lease, or gives `undefined` while a living window holds it. */
  async take(name: string): Promise<Lease | undefined> {
    const held = await this.#highest(name);
    if (held !== undefined && (await this.#isAlive(held.file))) {
      return undefined;
    }
    const generation = (held?.generation ?? 0) + 1;
    const file = path.join(this.#folder, `${name}.lease.${generation}`);
    try {
      await writeFile(file, JSON.stringify(this.#owner), { flag: 'wx' });
    } catch (error) {
      if (isCode(error, 'EEXIST')) {
        return undefined;
      }
      throw error;
    }
    if (held !== undefined) {
      await rm(held.file, { force: true });
    }
    return new Lease(file, async () => (await this.#highest(name))?.generation === generation);
  }

  /** True while a living window holds the lease. */
  async isTaken(name: string): Promise<boolean> {
    const held = await this.#highest(name);
    return held !== undefined && (await this.#isAlive(held.file));
  }

  async #highest(name: string): Promise<Found | undefined> {
    const prefix = `${name}.lease.`;
    const generations = (await readdir(this.#folder)).filter((file) => file.startsWith(prefix)).map((file) => Number(file.slice(prefix.length)));
    const generation = Math.max(0, ...generations.filter((number) => Number.isSafeInteger(number)));
    return generation === 0 ? undefined : { generation, file: path.join(this.#folder, `${prefix}${generation}`) };
  }

  async #isAlive(file: string): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(file);
      const owner = v.safeParse(v.pipe(v.string(), v.parseJson(), ownerSchema), await readFile(file, 'utf8'));
      const isGone = owner.success && owner.output.host === this.#owner.host && !processExists(owner.output.pid);
      return !isGone && this.#now() - mtimeMs < staleMs;
    } catch (error) {
      if (isCode(error, 'ENOENT')) {
        return false;
      }
      throw error;
    }
  }
}

/** A lease of this window, kept alive until it is given back. */
export class Lease {
  readonly #file: string;
  readonly #isHighest: () => Promise<boolean>;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(file: string, isHighest: () => Promise<boolean>) {
    this.#file = file;
    this.#isHighest = isHighest;
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      // Gone means taken over; the next write finds out.
      utimes(file, now, now).catch(() => undefined);
    }, heartbeatMs);
    this.#heartbeat.unref();
  }

  /** False once another window took over, because this one was silent for too long. */
  async isHeld(): Promise<boolean> {
    return this.#isHighest();
  }

  async giveBack(): Promise<void> {
    clearInterval(this.#heartbeat);
    await rm(this.#file, { force: true });
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

/** True for an error of the file system with this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
