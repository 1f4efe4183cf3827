import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AirflowIdentityError } from '../../errors.ts';
import type { JournalClaim, JournalStorage } from '../../trust/journal.ts';
import { journalEntrySchema } from '../../trust/journalEntry.ts';
import type { JournalEntry } from '../../trust/journalEntry.ts';
import { lostToAnotherWindow } from '../../trust/journalRun.ts';
import { isCode, Leases } from './leases.ts';
import type { Lease, LeaseOwner } from './leases.ts';

/** A change of 200 steps takes about 200 KB; what is longer was not written by this. In bytes. */
const maxEntryBytes = 1024 * 1024;

/** As many changes are looked at as anybody would want to read. */
const maxEntries = 50;

/** Keeps the journal in a folder that all windows share, one JSON file for each change. */
export class JournalFiles implements JournalStorage {
  readonly #folder: string;
  readonly #leases: Leases;
  readonly #warn: (text: string) => void;

  /** `warn` hears of files that are not understood. */
  constructor(folder: string, warn: (text: string) => void, owner: LeaseOwner = { pid: process.pid, host: hostname() }) {
    this.#folder = folder;
    this.#leases = new Leases(folder, owner);
    this.#warn = warn;
  }

  async create(entry: JournalEntry): Promise<JournalClaim> {
    try {
      await mkdir(this.#folder, { recursive: true });
      const lease = await this.#leases.take(entry.id);
      if (lease === undefined) {
        throw new Error(`${entry.id} is taken.`);
      }
      await this.#write(entry);
      return this.#claimOf(entry.id, lease);
    } catch (error) {
      throw new AirflowIdentityError('fileReadOnly', l10n.t('The change could not be noted down, so nothing was changed in Azure.'), {
        fix: l10n.t('Check the free space and the rights of {0}.', this.#folder),
        cause: error,
      });
    }
  }

  async abandoned(): Promise<readonly JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (const file of (await this.#files()).filter((name) => name.endsWith('.json')).slice(0, maxEntries)) {
      const entry = await this.#read(file);
      if (entry !== undefined && !(await this.#leases.isTaken(entry.id))) {
        entries.push(entry);
      }
    }
    return entries.toSorted((a, b) => a.startedAt - b.startedAt);
  }

  async claim(id: string): ReturnType<JournalStorage['claim']> {
    const lease = await this.#leases.take(id);
    if (lease === undefined) {
      return undefined;
    }
    const entry = await this.#read(`${id}.json`);
    if (entry === undefined) {
      await lease.giveBack();
      return undefined;
    }
    return { claim: this.#claimOf(id, lease), entry };
  }

  #claimOf(id: string, lease: Lease): JournalClaim {
    return {
      write: async (entry) => {
        if (!(await lease.isHeld())) {
          throw new AirflowIdentityError('conflict', l10n.t('Another window of VS Code goes on with this change.'), {
            fix: l10n.t('Look there, or wait until it is done.'),
            details: { serviceCode: lostToAnotherWindow },
          });
        }
        await this.#write(entry);
      },
      remove: async () => {
        if (await lease.isHeld()) {
          await rm(path.join(this.#folder, `${id}.json`), { force: true });
        }
        await lease.giveBack();
      },
      release: () => lease.giveBack(),
    };
  }

  /** Whole or not at all, also when the machine stops: written beside its place, brought to the disk, and then renamed. */
  async #write(entry: JournalEntry): Promise<void> {
    const file = path.join(this.#folder, `${entry.id}.json`);
    const beside = `${file}.new`;
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(JSON.stringify(entry));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  }

  async #read(file: string): Promise<JournalEntry | undefined> {
    try {
      const text = await readFile(path.join(this.#folder, file), 'utf8');
      const parsed = v.safeParse(v.pipe(v.string(), v.maxBytes(maxEntryBytes), v.parseJson(), journalEntrySchema), text);
      if (!parsed.success) {
        this.#warn(`journal: ${file} is not understood and left as it is: ${parsed.issues[0].message}`);
        return undefined;
      }
      return `${parsed.output.id}.json` === file ? parsed.output : undefined;
    } catch (error) {
      if (isCode(error, 'ENOENT')) {
        return undefined;
      }
      throw error;
    }
  }

  async #files(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (isCode(error, 'ENOENT')) {
        return [];
      }
      throw error;
    }
  }
}
