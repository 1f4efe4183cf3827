import type { PlannedEdit } from '../../project/textEdit.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;

/** What an edit does to a file, for a confirmation: its name, then the lines as a diff shows them. */
export function previewText(label: string, { preview }: PlannedEdit): string {
  return [label, ...preview.map(({ kind, text }) => `${signs[kind]} ${text.trim()}`)].join('\n');
}
