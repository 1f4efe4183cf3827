import * as l10n from '@vscode/l10n';
import { previewEdits } from '../editPreview.ts';
import { maskSecrets } from '../secretMask.ts';
import type { EditPlan, PlannedEdit, TextEdit } from '../textEdit.ts';
import { lineBreakOf, lineNumber, lineStart } from '../textLines.ts';
import type { RequirementLine, RequirementsText } from './requirementLines.ts';
import { readRequirements } from './requirementLines.ts';
import type { Release } from './version.ts';
import { allowsFrom } from './version.ts';

/** The package with Airflow's Azure hooks. */
const providerPackage = 'apache-airflow-providers-microsoft-azure';

// The first release whose hooks read the two identity keys (its changelog, 8.2.0).
const firstRelease = '8.2.0';

/** What `requirements.txt` says about the provider package, and what to do. */
export type ProviderPlan =
  /** Named, in a version that reads the identity, or in one that pip chooses. */
  | { readonly kind: 'ok' }
  /** Not named, or only in versions that ignore the identity without a word. */
  | { readonly kind: 'absent' | 'old'; readonly message: string; readonly edit: PlannedEdit }
  /** It cannot be told from this file: an address, or another file included. `edit` adds the package all the same. */
  | { readonly kind: 'unknown'; readonly message: string; readonly edit: PlannedEdit | undefined }
  | Extract<EditPlan, { kind: 'refused' }>;

/**
 * Checks that `requirements.txt` brings the Azure provider in the release that is needed, or newer, and plans the edit where
 * it does not. `undefined` is a file that does not exist. Never throws.
 * @param minimumText 8.2.0, unless the connection's type needs a newer one (`ConnectionType.minimumProvider`)
 */
export function planProvider(text: string | undefined, minimumText: string = firstRelease): ProviderPlan {
  const content = text ?? '';
  const minimum: Release = minimumText.split('.').map(Number);
  if (content.includes('\u0000')) {
    return refused(content, content.indexOf('\u0000'), l10n.t('requirements.txt is not a text file.'), l10n.t('Check the file.'));
  }
  const file = readRequirements(content);
  const named = file.requirements.filter(({ name }) => name === providerPackage);
  if (named.some((line) => line.url === undefined && allowsFrom(line.specifiers, minimum)) || hasExtra(file)) {
    return { kind: 'ok' };
  }
  const linked = named.find(({ url }) => url !== undefined);
  if (linked !== undefined) {
    return planLinked(linked, minimum, minimumText);
  }
  if (named.length > 0) {
    return planOld(content, named, minimumText);
  }
  const edit = addition(content, file, text === undefined, minimumText);
  return file.included.length > 0
    ? {
        kind: 'unknown',
        message: l10n.t('requirements.txt does not name {0}. It includes {1}, which was not read.', providerPackage, file.included.join(', ')),
        edit,
      }
    : {
        kind: 'absent',
        message: l10n.t('requirements.txt does not name {0}. Tasks need {1} or newer of it to sign in with the identity.', providerPackage, minimumText),
        edit,
      };
}

/** `apache-airflow[microsoft.azure]` brings the provider in the version that fits Airflow. */
function hasExtra(file: RequirementsText): boolean {
  return file.requirements.some(({ name, extras }) => name === 'apache-airflow' && extras.includes('microsoft-azure'));
}

function planLinked(line: RequirementLine, minimum: Release, minimumText: string): ProviderPlan {
  if (line.specifiers === '') {
    return {
      kind: 'unknown',
      message: l10n.t('requirements.txt takes {0} from {1}, so its version is not known here. It has to be {2} or newer.', providerPackage, line.url ?? '', minimumText),
      edit: undefined,
    };
  }
  return allowsFrom(line.specifiers, minimum)
    ? { kind: 'ok' }
    : { kind: 'unknown', message: l10n.t('{0} is older than {1}, which the identity needs. Replace it by hand.', line.url ?? '', minimumText), edit: undefined };
}

function planOld(text: string, lines: readonly RequirementLine[], minimumText: string): ProviderPlan {
  const first = lines[0];
  const hashed = lines.find(({ hasHashes }) => hasHashes);
  if (hashed !== undefined) {
    return refused(
      text,
      hashed.offset,
      l10n.t('requirements.txt pins {0} to a version older than {1}, with hashes that would no longer match.', providerPackage, minimumText),
      l10n.t('Raise the version where the file is generated from.'),
    );
  }
  const edits = lines.map((line): TextEdit => ({
    offset: line.specifiersStart,
    length: line.specifiersEnd - line.specifiersStart,
    text: `>=${minimumText}`,
  }));
  return {
    kind: 'old',
    message: l10n.t('requirements.txt allows {0} only as {1}. Versions before {2} ignore the identity without a word.', providerPackage, first?.specifiers ?? '', minimumText),
    edit: { kind: 'edit', action: 'update', edits, cursor: first?.offset ?? 0, ...previewEdits(text, edits, maskSecrets) },
  };
}

function addition(text: string, file: RequirementsText, isNew: boolean, minimumText: string): PlannedEdit {
  const requirement = `${providerPackage}>=${minimumText}`;
  const lineBreak = lineBreakOf(text);
  const offset = file.openLine ?? text.length;
  const atLineStart = offset === lineStart(text, offset);
  const edit = { offset, length: 0, text: atLineStart ? requirement + lineBreak : lineBreak + requirement };
  return {
    kind: 'edit',
    action: isNew ? 'create' : 'add',
    edits: [edit],
    cursor: offset + (atLineStart ? 0 : lineBreak.length),
    ...previewEdits(text, [edit], maskSecrets),
  };
}

function refused(text: string, offset: number, message: string, fix: string): Extract<EditPlan, { kind: 'refused' }> {
  return { kind: 'refused', code: 'fileUnreadable', message, fix, line: lineNumber(text, offset) };
}
