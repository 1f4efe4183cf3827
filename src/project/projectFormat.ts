import type { AirflowConnection } from '../connection/airflowConnection.ts';
import type { PresetSettings } from '../connection/preset.ts';
import type { EditPlan, TextEdit } from './textEdit.ts';

/** Part of a text: UTF-16 code units from its start. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** A connection found in a file, as Airflow would read it from there, and where its parts stand. */
export interface FoundConnection {
  readonly connection: AirflowConnection;
  /** As it is meant: with the capitals that a reader loses, and without the empty text that a URI has in place of null. To be written elsewhere. */
  readonly written: AirflowConnection;
  /** The whole entry. */
  readonly entry: TextRange;
  /**
   * Where a part stands, by `connectionId`, `type`, `host`, `schema`, `login`, `password`, `port`, `extra`, or `extra.<key>`: its
   * value without quotes. Parts that have no place of their own in the text are left out.
   */
  readonly places: Readonly<Record<string, TextRange>>;
}

/** What is wrong with how a file says something, whatever it says: rules of the format. */
export interface FormatFinding {
  /** Stable, shown to users and used in settings: `extra-map`, `env-multi-line`, … */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly range: TextRange;
  readonly message: string;
  /** Edits that mend it, each with a title; the first is the preferred one. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** Why a file is left alone. */
export type FormatRefusal = Extract<EditPlan, { kind: 'refused' }>;

/** What a file holds. */
export interface FileContent {
  readonly connections: readonly FoundConnection[];
  readonly findings: readonly FormatFinding[];
}

/** What a format says of itself. */
export interface FormatDescription {
  /** `airflowSettings`, `dotEnv`, … */
  readonly id: string;
  /** What people call it: `airflow_settings.yaml`. */
  readonly title: string;
  /** Which Airflow reads it, as a sentence: "Read by astro dev start; not deployed." */
  readonly reach: string;
  /** Globs from the project's folder. */
  readonly patterns: readonly string[];
  /** The file to make where there is none; formats without it only take connections into files that are there. */
  readonly creates: string | undefined;
}

/**
 * A file format of a project that can hold Airflow connections: one folder each below `src/project`, one line each in
 * `formats.ts`. Nothing here throws; texts may hold anything.
 */
export interface ProjectFormat extends FormatDescription {
  /** Every connection of the file, Azure's or not, and what is wrong with the file itself. */
  readonly read: (text: string) => FileContent | FormatRefusal;
  /** What `read` finds wrong among the connections of a file: ids that stand twice. */
  readonly duplicates: (connections: readonly FoundConnection[]) => readonly FormatFinding[];
  /**
   * What it takes to have the connection in the file; `undefined` is a file that does not exist yet. Bytes outside the entry
   * stay. In an entry that is there already, what `connection` leaves `undefined` and further keys of `extra` stay as well.
   * @param without what the entry is not to hold any more, as `login`, `password` or `extra.<key>`
   */
  readonly planConnection: (text: string | undefined, connection: AirflowConnection, without?: readonly string[]) => EditPlan;
  /** What it takes to have no connection of this id in the file; `unchanged` when there is none. */
  readonly planRemoval: (text: string, connectionId: string) => EditPlan;
  /**
   * What it takes to have the settings of a preset among the environment variables of the file, as one edit: absent where a
   * format holds none. What stands there with other values is shown before it is overwritten; bytes outside stay.
   */
  readonly planSettings?: (text: string | undefined, settings: PresetSettings) => EditPlan;
}
