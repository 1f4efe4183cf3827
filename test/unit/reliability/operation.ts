import type { Fault } from '../../cloud/faults.ts';
import type { World } from '../../cloud/world.ts';
import type { WorldSettings } from '../../cloud/worldSettings.ts';
import type { Snapshot } from './interrupted.ts';
import type { TestWindow } from './window.ts';

/** What the user was told in the end. */
export interface Told {
  /** In the product's own words. */
  readonly text: string;
  /** True when the user was told that everything is done or shown. */
  readonly complete: boolean;
}

/** What stands after a run, held against what the user was told. */
export interface State {
  readonly text: string;
  /** Absent where nothing is wrong. */
  readonly wrong?: 'lost' | 'doubled' | 'untrue';
}

/** One run of an operation in one window. */
export interface Run {
  /** Goes through the product's real code; a cancel ends it with what is told then, never with an error. */
  readonly perform: (signal: AbortSignal) => Promise<Told>;
  /** `told` is absent where the window went before it could tell anything. */
  readonly stateAfter: (world: World, told: Told | undefined) => State;
}

/** Something that the product does in Azure, and how to tell whether it came out right. */
export interface Operation {
  readonly name: string;
  /** Which of its requests a fault hits; `skip` spares the first ones. */
  readonly hits: Required<Pick<Fault, 'method' | 'path' | 'skip'>>;
  /** Behaviour of the world that it needs. */
  readonly settings?: Partial<WorldSettings>;
  /** What must stand there before it. */
  readonly prepare?: (world: World) => void;
  /** Undoing it is refused, with the reason. */
  readonly cannotBeUndone?: true;
  /** The right that it needs, as ARM names it when it is missing. */
  readonly right: string;
  /** Code and text of the 404 that it gets shortly after something it needs was created; absent where there is none. */
  readonly notYet?: readonly [code: string, message: string];
  /** Somebody else makes the same at the moment of the write; absent where there is no such thing. */
  readonly meanwhile?: (world: World) => void;
  readonly begin: (window: TestWindow) => Run;
  /** What stands in Azure where the operation writes; absent where it only reads. */
  readonly snapshot?: (world: World) => Snapshot;
}
