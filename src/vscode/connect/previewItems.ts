import type { PreviewLine } from '../../project/textEdit.ts';
import type { StepItem } from './stepPick.ts';

/** Characters that a row of a quick pick shows at its usual width; VS Code cuts what is longer. */
const rowWidth = 72;
const signs: Readonly<Record<PreviewLine['kind'], string>> = { same: '\u2002', added: '+', removed: '-' };

/** The lines of an edit as items of a pick, which can be looked at and not chosen. Long lines go on in further rows: nothing is cut. */
export function previewItems(lines: readonly PreviewLine[]): readonly StepItem<never>[] {
  return lines.flatMap(({ kind, text }) => wrapped(text).map((row, index) => ({ label: `${index === 0 ? signs[kind] : '\u2002'} ${row}`, alwaysShow: true })));
}

/** A sentence as rows of a pick, broken between words. */
export function sentenceItems(text: string): readonly StepItem<never>[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last === undefined || last.length + word.length >= rowWidth) {
      rows.push(word);
    } else {
      rows[rows.length - 1] = `${last} ${word}`;
    }
  }
  return rows.map((row, index) => ({ label: `${index === 0 ? '$(warning)' : '$(blank)'} ${row}`, alwaysShow: true }));
}

/** Rows that hold the text together, each as deep as it begins; VS Code takes a row's leading spaces away unless they do not break. */
function wrapped(text: string): readonly string[] {
  const indent = '\u00a0'.repeat(/^ */.exec(text)?.[0].length ?? 0);
  const width = Math.max(rowWidth - indent.length, 24);
  const content = text.trimStart();
  return Array.from({ length: Math.max(1, Math.ceil(content.length / width)) }, (_, row) => `${indent}${content.slice(row * width, (row + 1) * width)}`);
}
