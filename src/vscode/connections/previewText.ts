import type { PlannedEdit } from '../../project/textEdit.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;

/** What an edit does to a file, for a confirmation: its name, then the lines as a diff shows them. */
export function previewText(label: string, edit: PlannedEdit): string {
  return `${label}\n${previewLines(edit)}`;
}

/** The lines alone, where the question names the file. */
export function previewLines({ preview }: PlannedEdit): string {
  return preview.map(({ kind, text }) => `${signs[kind]} ${text.trim()}`).join('\n');
}
