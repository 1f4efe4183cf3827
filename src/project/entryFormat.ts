import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../connection/airflowConnection.ts';
import { connectionProblem } from '../connection/connectionProblem.ts';
import { carries, lacks, mergedConnection, sameConnection } from '../connection/connectionValues.ts';
import { signInNotes } from '../connection/signInNotes.ts';
import { byteOrderMarkFinding } from './byteOrderMark.ts';
import { duplicateFindings } from './duplicateFindings.ts';
import { previewEdits } from './editPreview.ts';
import type { FileContent, FormatDescription, FormatFinding, FormatRefusal, FoundConnection, ProjectFormat, TextRange } from './projectFormat.ts';
import { inputRefusal, refusal, thrownRefusal } from './refusal.ts';
import { shiftedContent, shiftedPlan } from './shifted.ts';
import type { EditPlan, PlannedEdit, TextEdit } from './textEdit.ts';
import { applyEdits } from './textEdit.ts';
import { columnOf, lineStart, markLength } from './textLines.ts';

/** An entry of a file, as the rules of its format found it. */
export interface FormatEntry extends FoundConnection {
  /** True where Airflow reads no connection from the entry: it is replaced or removed, and not given to anybody. */
  readonly isBroken?: boolean;
  /** What stands under the same id in further places that belong to the entry; they change with it. */
  readonly others?: readonly AirflowConnection[];
}

/** What a file is made of, or why it is left alone. Texts are given without a byte order mark. */
export interface EntryFile<Entry extends FormatEntry> {
  readonly entries: readonly Entry[];
  readonly findings: () => readonly FormatFinding[];
  /** Edits that add a connection of an id the file does not have. `fill` when they fill in an empty entry. */
  readonly add: (connection: AirflowConnection) => { readonly action: 'add' | 'fill'; readonly edits: readonly TextEdit[] } | FormatRefusal;
  /** Edits that make an entry say what `wanted` says, where it says something else. */
  readonly change: (entry: Entry, wanted: AirflowConnection) => readonly TextEdit[] | FormatRefusal;
  readonly remove: (entry: Entry) => readonly TextEdit[] | FormatRefusal;
}

/** The rules of a format; all else that `ProjectFormat` promises is the same for every format. */
export interface EntryRules<Entry extends FormatEntry> {
  /** May throw what the parser throws for absurd nesting. */
  readonly open: (text: string) => EntryFile<Entry> | FormatRefusal;
  /** The connection as the file can carry it, or why it cannot. */
  readonly fitted: (connection: AirflowConnection) => AirflowConnection | FormatRefusal;
  /** True when the file's reader takes two ids for the same. */
  readonly sameId: (a: string, b: string) => boolean;
  /** What the reader makes of an id that stands twice: `last` lets the later connection win, `refused` reads nothing of the file. */
  readonly duplicates: 'last' | 'refused';
  /** True where the reader takes a byte order mark for text. */
  readonly refusesMark?: true;
  /** The lines of a file, given whole, as they may be shown: without secrets. */
  readonly mask: (lines: readonly string[]) => readonly string[];
}

/** Makes a format of its rules. */
export function entryFormat<Entry extends FormatEntry>(description: FormatDescription, rules: EntryRules<Entry>): ProjectFormat {
  const planner = new EntryPlanner(description, rules);
  return {
    ...description,
    read: (text) => planner.read(text),
    duplicates: (connections) => duplicateFindings(connections, rules),
    planConnection: (text, connection, without = []) => planner.planConnection(text, connection, without),
    planRemoval: (text, connectionId) => planner.planRemoval(text, connectionId),
  };
}

class EntryPlanner<Entry extends FormatEntry> {
  readonly #description: FormatDescription;
  readonly #rules: EntryRules<Entry>;

  constructor(description: FormatDescription, rules: EntryRules<Entry>) {
    this.#description = description;
    this.#rules = rules;
  }

  read(text: string): FileContent | FormatRefusal {
    return this.#guarded(() => {
      const file = this.#rules.open(plain(text));
      if ('kind' in file) {
        return file;
      }
      const mark = markLength(text);
      const connections = file.entries.filter(({ isBroken }) => isBroken !== true);
      const content = shiftedContent({ connections, findings: [...file.findings(), ...duplicateFindings(connections, this.#rules)] }, mark);
      return mark > 0 && this.#rules.refusesMark === true ? { ...content, findings: [byteOrderMarkFinding(), ...content.findings] } : content;
    });
  }

  planConnection(text: string | undefined, connection: AirflowConnection, without: readonly string[]): EditPlan {
    const problem = connectionProblem(connection);
    if (problem !== undefined) {
      return inputRefusal(problem, l10n.t('Correct the connection, then try again.'));
    }
    if (text === undefined && this.#description.creates === undefined) {
      return inputRefusal(l10n.t('There is no such file. Connections are added only to one that is there.'), l10n.t('Choose another place for the connection.'));
    }
    const fitted = this.#rules.fitted(connection);
    return 'kind' in fitted
      ? fitted
      : this.#guarded(() => shiftedPlan(this.#plan(plain(text ?? ''), fitted, without, text === undefined), markLength(text ?? '')));
  }

  planRemoval(text: string, connectionId: string): EditPlan {
    return this.#guarded(() => shiftedPlan(this.#removal(plain(text), connectionId), markLength(text)));
  }

  #plan(text: string, wanted: AirflowConnection, without: readonly string[], isNew: boolean): EditPlan {
    const file = this.#rules.open(text);
    if ('kind' in file) {
      return file;
    }
    const [existing, second] = this.#entriesOf(file, wanted.connectionId);
    if (existing !== undefined) {
      return second === undefined ? this.#change(text, file, existing, wanted, without) : this.#twice(text, second);
    }
    const added = file.add(wanted);
    if ('kind' in added) {
      return added;
    }
    const result = this.#result(text, file, added.edits, wanted);
    return 'kind' in result ? result : this.#planned(text, isNew ? 'create' : added.action, added.edits, result.entry.entry.offset);
  }

  #change(text: string, file: EntryFile<Entry>, existing: Entry, wanted: AirflowConnection, without: readonly string[]): EditPlan {
    const cursor = existing.entry.offset;
    const merged = mergedConnection(existing.written, wanted, without);
    const notes = Array.from(new Set([...signInNotes(existing.connection), ...signInNotes(merged)]));
    const all = [existing.connection, ...(existing.others ?? [])];
    if (existing.isBroken !== true && all.every((connection) => carries(connection, wanted) && lacks(connection, without))) {
      return { kind: 'unchanged', cursor, notes: [...notes, ...notesAt(file, existing)] };
    }
    const edits = file.change(existing, merged);
    if ('kind' in edits) {
      return edits;
    }
    const result = this.#result(text, file, edits, wanted);
    return 'kind' in result
      ? result
      : {
          kind: 'differs',
          existing: this.#shown(text, existing.entry),
          wanted: this.#shown(applyEdits(text, edits), result.entry.entry),
          cursor,
          overwrite: this.#planned(text, 'update', edits, result.entry.entry.offset),
          notes: [...notes, ...notesAt(result.file, result.entry)],
        };
  }

  #removal(text: string, connectionId: string): EditPlan {
    const file = this.#rules.open(text);
    if ('kind' in file) {
      return file;
    }
    const [entry, second] = this.#entriesOf(file, connectionId);
    if (entry === undefined) {
      return { kind: 'unchanged', cursor: 0, notes: [] };
    }
    const edits = second === undefined ? file.remove(entry) : this.#twice(text, second);
    if ('kind' in edits) {
      return edits;
    }
    const after = this.#rules.open(applyEdits(text, edits));
    return 'kind' in after || !sameEntries(after.entries, file.entries.filter((other) => other !== entry))
      ? this.#spoils(text, entry.entry.offset)
      : this.#planned(text, 'remove', edits, Math.min(entry.entry.offset, edits[0]?.offset ?? 0));
  }

  /** What the file would hold. Some files parse only as they stand: a last line of a tab alone, say, is an error once more follows. */
  #result(text: string, before: EntryFile<Entry>, edits: readonly TextEdit[], wanted: AirflowConnection): { readonly file: EntryFile<Entry>; readonly entry: Entry } | FormatRefusal {
    const file = this.#rules.open(applyEdits(text, edits));
    if ('kind' in file) {
      return { ...file, message: l10n.t('{0} parses only as it stands; with the connection in it, it would not.', this.#description.title) };
    }
    const isOther = ({ connection }: Entry): boolean => !this.#rules.sameId(connection.connectionId, wanted.connectionId);
    const entry = file.entries.find((candidate) => !isOther(candidate));
    return entry !== undefined && entry.isBroken !== true && carries(entry.connection, wanted) && sameEntries(file.entries.filter(isOther), before.entries.filter(isOther))
      ? { file, entry }
      : this.#spoils(text, edits[0]?.offset ?? 0);
  }

  #planned(text: string, action: PlannedEdit['action'], edits: readonly TextEdit[], cursor: number): PlannedEdit {
    return { kind: 'edit', action, edits, cursor, ...previewEdits(text, edits, this.#rules.mask) };
  }

  #entriesOf({ entries }: EntryFile<Entry>, connectionId: string): readonly Entry[] {
    return entries.filter(({ connection }) => this.#rules.sameId(connection.connectionId, connectionId));
  }

  /** An entry moved to the left edge, without its secrets. */
  #shown(text: string, { offset, length }: TextRange): string {
    const lines = text.slice(offset, offset + length).trimEnd().split(/\r?\n/);
    const column = columnOf(text, offset);
    const isIndented = /^[\s-]*$/.test(text.slice(lineStart(text, offset), offset));
    const moved = lines.map((line, index) =>
      (index > 0 && isIndented ? line.slice(Math.min(column, line.length - line.trimStart().length)) : line));
    return this.#rules.mask(moved).join('\n');
  }

  #twice(text: string, second: Entry): FormatRefusal {
    return refusal(
      text,
      second.entry.offset,
      l10n.t('{0} holds two connections with the id {1}; the later one wins.', this.#description.title, second.connection.connectionId),
      l10n.t('Remove one of them, then try again.'),
    );
  }

  #spoils(text: string, offset: number): FormatRefusal {
    return refusal(
      text,
      offset,
      l10n.t('{0} is written in a form in which the edit would change more than the connection.', this.#description.title),
      l10n.t('Make the change by hand.'),
    );
  }

  #guarded<T>(action: () => T): T | FormatRefusal {
    try {
      return action();
    } catch (error) {
      return thrownRefusal(this.#description.title, error, l10n.t('Add the connection by hand.'));
    }
  }
}

function sameEntries(a: readonly FoundConnection[], b: readonly FoundConnection[]): boolean {
  return a.length === b.length && a.every(({ connection }, index) => {
    const other = b[index]?.connection;
    return other !== undefined && other.connectionId === connection.connectionId && sameConnection(other, connection);
  });
}

/** What the format says about an entry, beside what is wrong with the connection itself. */
function notesAt<Entry extends FormatEntry>(file: EntryFile<Entry>, { entry }: Entry): readonly string[] {
  return file.findings()
    .filter(({ range }) => range.offset >= entry.offset && range.offset + range.length <= entry.offset + entry.length)
    .map(({ message }) => message);
}

function plain(text: string): string {
  return text.slice(markLength(text));
}
