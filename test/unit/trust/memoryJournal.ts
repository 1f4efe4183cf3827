import { Journal } from '../../../src/trust/journal.ts';
import type { JournalClaim, JournalStorage } from '../../../src/trust/journal.ts';
import type { JournalEntry } from '../../../src/trust/journalEntry.ts';
import { StillClock } from './identityModel.ts';

/** Entries of one window, in memory; `kept` is what a crash would leave. */
export class MemoryJournal implements JournalStorage {
  readonly kept = new Map<string, JournalEntry>();
  readonly journal = new Journal(this, new StillClock());

  async create(entry: JournalEntry): Promise<JournalClaim> {
    this.kept.set(entry.id, entry);
    return this.#claim(entry.id);
  }

  async abandoned(): Promise<readonly JournalEntry[]> {
    return [...this.kept.values()];
  }

  async claim(id: string): ReturnType<JournalStorage['claim']> {
    const entry = this.kept.get(id);
    return entry === undefined ? undefined : { claim: this.#claim(id), entry };
  }

  #claim(id: string): JournalClaim {
    return {
      write: async (entry) => { this.kept.set(id, entry); },
      remove: async () => { this.kept.delete(id); },
      release: async () => undefined,
    };
  }
}
