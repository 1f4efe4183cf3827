import type { FileContent, FormatFinding, FoundConnection, TextRange } from './projectFormat.ts';
import type { EditPlan, PlannedEdit, TextEdit } from './textEdit.ts';

/** A plan made for a text without its first characters, for the whole text. */
export function shiftedPlan(plan: EditPlan, by: number): EditPlan {
  if (by === 0) {
    return plan;
  }
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

/** What was found in a text without its first characters, for the whole text. */
export function shiftedContent({ connections, findings }: FileContent, by: number): FileContent {
  return {
    connections: connections.map(({ connection, written, entry, places }): FoundConnection => ({ connection, written, entry: shiftedRange(entry, by), places: shiftedPlaces(places, by) })),
    findings: by === 0 ? findings : findings.map((finding): FormatFinding => ({
      ...finding,
      range: shiftedRange(finding.range, by),
      fixes: finding.fixes.map(({ title, edits }) => ({ title, edits: shiftedEdits(edits, by) })),
    })),
  };
}

/** Places for a text that stands further behind in another. */
export function shiftedPlaces(places: FoundConnection['places'], by: number): FoundConnection['places'] {
  return by === 0 ? places : Object.fromEntries(Object.entries(places).map(([part, range]) => [part, shiftedRange(range, by)]));
}

function shiftedRange(range: TextRange, by: number): TextRange {
  return by === 0 ? range : { offset: range.offset + by, length: range.length };
}

function shiftedEdit(plan: PlannedEdit, by: number): PlannedEdit {
  return { ...plan, cursor: plan.cursor + by, edits: shiftedEdits(plan.edits, by) };
}

function shiftedEdits(edits: readonly TextEdit[], by: number): readonly TextEdit[] {
  return edits.map((edit) => ({ ...edit, offset: edit.offset + by }));
}
