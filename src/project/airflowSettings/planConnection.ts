import * as l10n from '@vscode/l10n';
import type { AzureConnection } from '../../connection/connection.ts';
import { connectionExtra, connectionProblem } from '../../connection/connectionExtra.ts';
import { connectionNotes } from '../../connection/connectionNotes.ts';
import { carriesConnection } from '../../connection/storedExtra.ts';
import { previewEdits } from '../editPreview.ts';
import { maskSecrets } from '../secretMask.ts';
import type { EditPlan, PlannedEdit, TextEdit } from '../textEdit.ts';
import { applyEdits } from '../textEdit.ts';
import { columnOf, lineStart } from '../textLines.ts';
import type { ConnectionEntry } from './connectionEntry.ts';
import { connectionItems, entriesOf, fieldText, isTemplateEntry, storedConnection } from './connectionEntry.ts';
import { editEntry, entryStart } from './entryEdits.ts';
import { addEntry } from './newEntry.ts';
import type { SettingsDocument } from './settingsDocument.ts';
import { readSettings, refusal } from './settingsDocument.ts';
import { scalarText, singleQuoted } from './yamlScalar.ts';

const defaultType = 'azure';

/**
 * What it takes to have a connection in `airflow_settings.yaml`; `undefined` is a file that does not exist yet.
 *
 * `conn_extra` is always written as JSON text: the Astro CLI lower-cases the keys of a map, so that `subscriptionId`
 * would be lost (astronomer/astro-cli#1737). Bytes outside the entry stay as they are. Never throws.
 */
export function planConnection(text: string | undefined, connection: AzureConnection): EditPlan {
  const problem = connectionProblem(connection);
  if (problem !== undefined) {
    return { kind: 'refused', code: 'invalidInput', message: problem, fix: l10n.t('Correct the connection, then try again.'), line: undefined };
  }
  try {
    // The parser counts a byte order mark as a column, readers of the file do not.
    return text?.startsWith('\uFEFF') === true ? shifted(readablePlan(text.slice(1), connection), 1) : readablePlan(text, connection);
  } catch (error) {
    // The parser gives up on aliases that would grow without end, and may run out of stack in deep nesting.
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: 'refused',
      code: 'fileUnreadable',
      message: l10n.t('airflow_settings.yaml could not be read: {0}', reason),
      fix: l10n.t('Add the connection by hand.'),
      line: undefined,
    };
  }
}

/** A plan whose result parses. Some files do so only as they stand: a last line of a tab alone, say, is an error once more follows. */
function readablePlan(text: string | undefined, connection: AzureConnection): EditPlan {
  const plan = planIn(text, connection);
  if (text === undefined || plan.kind === 'refused' || plan.kind === 'unchanged') {
    return plan;
  }
  const result = readSettings(applyEdits(text, (plan.kind === 'edit' ? plan : plan.overwrite).edits));
  return 'kind' in result
    ? { ...result, message: l10n.t('airflow_settings.yaml parses only as it stands; with the connection in it, it would not.') }
    : plan;
}

function planIn(text: string | undefined, connection: AzureConnection): EditPlan {
  const settings = readSettings(text ?? '');
  if ('kind' in settings) {
    return settings;
  }
  const entries = entriesOf(settings, connectionItems(settings));
  const [existing, second] = entries.filter((entry) => fieldText(settings, entry, 'conn_id') === connection.connectionId);
  if (existing !== undefined && second !== undefined) {
    return refusal(
      settings.text,
      entryStart(second),
      l10n.t('airflow_settings.yaml holds two connections with the id {0}; the later one wins.', connection.connectionId),
      l10n.t('Remove one of them, then try again.'),
    );
  }
  if (existing !== undefined) {
    return planUpdate(settings, existing, connection);
  }
  const connectionType = connection.type ?? defaultType;
  const template = entries.find((entry) => isTemplateEntry(settings, entry));
  const filled = template && editEntry(settings, template, {
    conn_id: connection.connectionId,
    conn_type: connectionType,
    conn_extra: connectionExtra(connection),
  });
  if (template !== undefined && filled !== undefined && !('kind' in filled)) {
    return plannedEdit(settings, 'fill', filled, entryStart(template));
  }
  const added = addEntry(settings, [
    ['conn_id', scalarText(connection.connectionId)],
    ['conn_type', scalarText(connectionType)],
    ['conn_extra', singleQuoted(connectionExtra(connection))],
  ]);
  return 'kind' in added ? added : plannedEdit(settings, text === undefined ? 'create' : 'add', added, undefined);
}

function planUpdate(settings: SettingsDocument, entry: ConnectionEntry, connection: AzureConnection): EditPlan {
  const stored = storedConnection(settings, entry);
  const cursor = entryStart(entry);
  const connectionType = connection.type ?? defaultType;
  const sameType = stored.type === connectionType;
  const sameExtra = carriesConnection(stored.extra, connection);
  const notes = connectionType === defaultType ? connectionNotes(stored) : [];
  if (sameType && sameExtra) {
    return { kind: 'unchanged', cursor, notes };
  }
  const kept = stored.extra.kind === 'object' ? stored.extra.values : {};
  const edits = editEntry(settings, entry, {
    ...(sameType ? {} : { conn_type: connectionType }),
    ...(sameExtra ? {} : { conn_extra: connectionExtra(connection, kept) }),
  });
  if ('kind' in edits) {
    return edits;
  }
  const overwrite = plannedEdit(settings, 'update', edits, cursor);
  return {
    kind: 'differs',
    existing: snippet(settings.text, entry),
    wanted: snippetAfter(settings, entry, edits),
    cursor,
    overwrite,
    notes,
  };
}

/** A plan made for a text without its first characters, for the whole text. */
function shifted(plan: EditPlan, by: number): EditPlan {
  switch (plan.kind) {
    case 'edit':
      return shiftedEdit(plan, by);
    case 'unchanged':
      return { ...plan, cursor: plan.cursor + by };
    case 'differs':
      return { ...plan, cursor: plan.cursor + by, overwrite: shiftedEdit(plan.overwrite, by) };
    case 'refused':
      return plan;
  }
}

function shiftedEdit(plan: PlannedEdit, by: number): PlannedEdit {
  return { ...plan, cursor: plan.cursor + by, edits: plan.edits.map((edit) => ({ ...edit, offset: edit.offset + by })) };
}

/** `start` is where the entry starts in the text as it is; without it the entry is new and found in the edits. */
function plannedEdit(
  settings: SettingsDocument,
  action: PlannedEdit['action'],
  edits: readonly TextEdit[],
  start: number | undefined,
): PlannedEdit {
  return { kind: 'edit', action, edits, cursor: cursorAfter(edits, start), ...previewEdits(settings.text, edits) };
}

function cursorAfter(edits: readonly TextEdit[], start: number | undefined): number {
  let shift = 0;
  for (const edit of edits) {
    const within = start === undefined ? edit.text.indexOf('conn_id') : -1;
    if (within >= 0) {
      return edit.offset + shift + within;
    }
    if (start !== undefined && edit.offset >= start) {
      break;
    }
    shift += edit.text.length - edit.length;
  }
  return (start ?? 0) + shift;
}

/** An entry as it stands, moved to the left edge. */
function snippet(text: string, entry: ConnectionEntry): string {
  const [start, end] = entry.node.range ?? [0, 0];
  return dedented(text, start, end);
}

function snippetAfter(settings: SettingsDocument, entry: ConnectionEntry, edits: readonly TextEdit[]): string {
  const [start, end] = entry.node.range ?? [0, 0];
  const grown = edits.reduce((length, edit) => length + edit.text.length - edit.length, 0);
  return dedented(applyEdits(settings.text, edits), start, end + grown);
}

function dedented(text: string, start: number, end: number): string {
  const lines = text.slice(start, Math.max(start, end)).trimEnd().split(/\r?\n/);
  const column = columnOf(text, start);
  const isIndented = /^\s*-\s+$/.test(text.slice(lineStart(text, start), start)) || column === 0;
  const moved = lines.map((line, index) =>
    (index > 0 && isIndented ? line.slice(Math.min(column, line.length - line.trimStart().length)) : line));
  return maskSecrets(moved).join('\n');
}
