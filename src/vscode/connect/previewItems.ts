import type { PreviewLine } from '../../project/textEdit.ts';
import type { StepItem } from './stepPick.ts';

/** The lines of an edit as items of a pick, which can be looked at and not chosen. */
export function previewItems(lines: readonly PreviewLine[]): readonly StepItem<never>[] {
  return lines.map(({ kind, text }) => ({ label: `${{ same: '\u2002', added: '+', removed: '-' }[kind]} ${text}`, alwaysShow: true }));
}
