import type { FormatRefusal, ProjectFormat } from '../projectFormat.ts';
import { planProvider } from '../requirements/planProvider.ts';
import type { TextEdit } from '../textEdit.ts';
import { applyEdits, editsOf } from '../textEdit.ts';
import { Diagnoser } from './diagnoser.ts';
import type { Fix } from './diagnosis.ts';
import type { Knowledge } from './knowledge.ts';

/** Every file has fewer findings than this that mend each other. */
const mostFixes = 500;

/** What a fix changes in the file it was found in; for `provider` in `requirements.txt`, whose text is then given. */
export function fixEdits(format: ProjectFormat, text: string, fix: Fix): readonly TextEdit[] | FormatRefusal {
  switch (fix.kind) {
    case 'edits':
      return fix.edits;
    case 'connection': {
      const plan = format.planConnection(text, fix.wanted, fix.without);
      return plan.kind === 'refused' ? plan : editsOf(plan);
    }
    case 'provider': {
      const plan = planProvider(text, fix.minimum);
      return plan.kind === 'refused' ? plan : plan.kind === 'ok' ? [] : (plan.edit?.edits ?? []);
    }
  }
}

/**
 * The file with everything mended that can be mended without asking anybody; a secret is never taken out that way.
 * @param code only findings of this code; all without one
 */
export function fixedText(format: ProjectFormat, text: string, knowledge: Knowledge, code?: string): string {
  const diagnoser = new Diagnoser(format);
  const tried = new Set<string>();
  let fixed = text;
  for (let count = 0; count < mostFixes; count += 1) {
    const found = diagnoser.diagnose(fixed, knowledge).diagnoses.find((diagnosis) =>
      (code === undefined || diagnosis.code === code) && safeFix(diagnosis) !== undefined && !tried.has(keyOf(diagnosis)));
    if (found === undefined) {
      break;
    }
    const fix = safeFix(found);
    const edits = fix === undefined ? [] : fixEdits(format, fixed, fix);
    const next = 'kind' in edits ? fixed : applyEdits(fixed, edits);
    if (next === fixed) {
      tried.add(keyOf(found));
    }
    fixed = next;
  }
  return fixed;
}

function safeFix({ fixes }: { readonly fixes: readonly Fix[] }): Fix | undefined {
  return fixes.find(({ isSafe }) => isSafe);
}

function keyOf({ code, connectionId, message }: { readonly code: string; readonly connectionId: string | undefined; readonly message: string }): string {
  return `${code} ${connectionId ?? ''} ${message}`;
}
