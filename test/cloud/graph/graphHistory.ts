import type { GraphRow } from './graphRow.ts';

interface Unseen {
  readonly key: string;
  readonly at: number;
  /** What Resource Graph goes on showing; `undefined` for what was not there. */
  readonly before: GraphRow | undefined;
}

/** What Resource Graph has not noticed yet: it follows writes after a while. */
export class GraphHistory {
  #unseen: Unseen[] = [];

  /** Notes a write that happens now (`now` in milliseconds), with the row as it was before. */
  note(id: string, before: GraphRow | undefined, now: number): void {
    this.#unseen.push({ key: id.toLowerCase(), at: now, before });
  }

  /** By lower-case id: the rows that Resource Graph still shows as they were, `lagMs` after each write. */
  outdated(now: number, lagMs: number): ReadonlyMap<string, GraphRow | undefined> {
    this.#unseen = this.#unseen.filter(({ at }) => now < at + lagMs);
    const rows = new Map<string, GraphRow | undefined>();
    for (const { key, before } of this.#unseen) {
      if (!rows.has(key)) {
        rows.set(key, before);
      }
    }
    return rows;
  }
}
