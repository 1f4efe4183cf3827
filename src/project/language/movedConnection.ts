import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { FoundConnection, TextRange } from '../projectFormat.ts';

/** A connection further down, or up. Thousands move with a keystroke, and few are asked where their parts stand. */
class MovedConnection implements FoundConnection {
  readonly found: FoundConnection;
  readonly by: number;

  constructor(found: FoundConnection, by: number) {
    this.found = found;
    this.by = by;
  }

  get connection(): AirflowConnection {
    return this.found.connection;
  }

  get written(): AirflowConnection {
    return this.found.written;
  }

  get entry(): TextRange {
    return { offset: this.found.entry.offset + this.by, length: this.found.entry.length };
  }

  get places(): FoundConnection['places'] {
    return Object.fromEntries(Object.entries(this.found.places).map(([part, { offset, length }]) => [part, { offset: offset + this.by, length }]));
  }
}

/** A connection that stands `by` further down, in less time than it takes to move all its parts. */
export function movedConnection(found: FoundConnection, by: number): FoundConnection {
  const moved = unmoved(found);
  return by === 0 ? found : new MovedConnection(moved.found, moved.by + by);
}

/** A connection where it was found, and how far it moved since. */
export function unmoved(found: FoundConnection): { readonly found: FoundConnection; readonly by: number } {
  return found instanceof MovedConnection ? found : { found, by: 0 };
}
