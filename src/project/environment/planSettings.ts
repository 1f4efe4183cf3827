import * as l10n from '@vscode/l10n';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import type { EnvironmentVariable, PresetSettings } from '../../connection/preset.ts';
import type { LineMask } from '../editPreview.ts';
import { previewEdits } from '../editPreview.ts';
import { EditedText } from '../editedText.ts';
import type { FormatRefusal, ProjectFormat, TextRange } from '../projectFormat.ts';
import { inputRefusal, refusal, thrownRefusal } from '../refusal.ts';
import { shiftedPlan } from '../shifted.ts';
import type { EditPlan, PlannedEdit, TextEdit } from '../textEdit.ts';
import { editsOf } from '../textEdit.ts';
import { markLength } from '../textLines.ts';

/** A variable of a file, once for each place where it stands. */
export interface StandingVariable {
  readonly name: string;
  /** As Airflow gets it; `undefined` where the file does not hold it, such as a reference to a secret. */
  readonly value: string | undefined;
  readonly range: TextRange;
  /** Edits that give it another value. */
  readonly change: (value: string) => readonly TextEdit[] | FormatRefusal;
}

/** The variables of a file, connections among them. */
export interface VariableFile {
  readonly variables: readonly StandingVariable[];
  /** Edits that add a variable which the file does not have. */
  readonly add: (variable: EnvironmentVariable) => readonly TextEdit[] | FormatRefusal;
}

/** What a format knows of variables. */
export interface VariableRules {
  /** Reads a text without a byte order mark; may throw what the parser throws for absurd nesting. */
  readonly open: (text: string) => VariableFile | FormatRefusal;
  /** What is wrong with a value for this kind of file, as a sentence. */
  readonly problem?: (value: string) => string | undefined;
  readonly mask: LineMask;
}

/** A format that takes settings among its variables; the connections of its own are what they were. */
export function withSettings(format: ProjectFormat, rules: VariableRules): ProjectFormat {
  const planner = new SettingsPlanner(format, rules);
  return { ...format, planSettings: (text, settings) => planner.plan(text, settings) };
}

class SettingsPlanner {
  readonly #format: ProjectFormat;
  readonly #rules: VariableRules;

  constructor(format: ProjectFormat, rules: VariableRules) {
    this.#format = format;
    this.#rules = rules;
  }

  plan(text: string | undefined, settings: PresetSettings): EditPlan {
    const problem = settings.variables.map(({ value }) => this.#problem(value)).find((one) => one !== undefined);
    if (problem !== undefined) {
      return inputRefusal(problem, l10n.t('Choose other values, or another place.'));
    }
    if (text === undefined && this.#format.creates === undefined) {
      return inputRefusal(l10n.t('There is no such file. Settings are added only to one that is there.'), l10n.t('Choose another place.'));
    }
    const mark = markLength(text ?? '');
    try {
      return shiftedPlan(this.#plan((text ?? '').slice(mark), settings, text === undefined), mark);
    } catch (error) {
      return thrownRefusal(this.#format.title, error, l10n.t('Add the settings by hand.'));
    }
  }

  #problem(value: string): string | undefined {
    return /[\r\n\0]/.test(value) ? l10n.t('A value of several lines cannot stand here.') : this.#rules.problem?.(value);
  }

  #plan(text: string, { connection, variables }: PresetSettings, isNew: boolean): EditPlan {
    const { open, mask } = this.#rules;
    const first = connection === undefined ? undefined : this.#format.planConnection(isNew ? undefined : text, connection);
    const before = open(text);
    if (first?.kind === 'refused' || 'kind' in before) {
      return first?.kind === 'refused' ? first : before as FormatRefusal;
    }
    const edited = this.#written(EditedText.of(text).with(first === undefined ? [] : editsOf(first)), variables);
    if ('kind' in edited) {
      return edited;
    }
    const after = open(edited.text);
    const isWritten = connection === undefined || this.#format.planConnection(edited.text, connection).kind === 'unchanged';
    const ours = new Set([...variables.map(({ name }) => name), ...(connection === undefined ? [] : [connectionVariable(connection.connectionId)])]);
    const edits = edited.edits();
    if ('kind' in after || !isWritten || !isAsWanted(before, after, variables, ours)) {
      return refusal(text, edits[0]?.offset ?? 0, l10n.t('The settings cannot be written without changing what else the file says.'), l10n.t('Add them by hand.'));
    }
    const cursor = after.variables.find(({ name }) => ours.has(name))?.range.offset ?? 0;
    const notes = first === undefined || first.kind === 'edit' ? [] : first.notes;
    if (edits.length === 0) {
      return { kind: 'unchanged', cursor, notes };
    }
    const differing = variables.filter(({ name, value }) => valuesOf(before, name).some((one) => one !== value));
    const shown = (file: VariableFile): readonly string[] => mask(differing.flatMap(({ name }) => valuesOf(file, name).map((value) => `${name}=${value ?? '…'}`)));
    const overwritten = first?.kind === 'differs' ? first : undefined;
    const differs = overwritten !== undefined || differing.length > 0;
    const edit: PlannedEdit = { kind: 'edit', action: isNew ? 'create' : differs ? 'update' : 'add', edits, cursor, ...previewEdits(text, edits, mask) };
    return !differs ? edit : {
      kind: 'differs',
      existing: [...(overwritten === undefined ? [] : [overwritten.existing]), ...shown(before)].join('\n'),
      wanted: [...(overwritten === undefined ? [] : [overwritten.wanted]), ...shown(after)].join('\n'),
      cursor: overwritten?.cursor ?? before.variables.find(({ name }) => differing.some((one) => one.name === name))?.range.offset ?? 0,
      overwrite: edit,
      notes,
    };
  }

  /** One variable after the other, the file being read again each time: the first may make the list that the next one goes into. */
  #written(start: EditedText, variables: readonly EnvironmentVariable[]): EditedText | FormatRefusal {
    let edited = start;
    for (const variable of variables) {
      const file = this.#rules.open(edited.text);
      if ('kind' in file) {
        return file;
      }
      const standing = file.variables.filter(({ name }) => name === variable.name);
      const parts = standing.length === 0 ? [file.add(variable)] : standing.filter(({ value }) => value !== variable.value).map(({ change }) => change(variable.value));
      const refused = parts.find((part) => 'kind' in part);
      if (refused !== undefined && 'kind' in refused) {
        return refused;
      }
      edited = edited.with(parts.flatMap((part) => ('kind' in part ? [] : part)).sort((a, b) => a.offset - b.offset));
    }
    return edited;
  }
}

/** @param ours names of variables that may change */
function isAsWanted(before: VariableFile, after: VariableFile, wanted: readonly EnvironmentVariable[], ours: ReadonlySet<string>): boolean {
  const others = ({ variables }: VariableFile): string => JSON.stringify(variables.filter(({ name }) => !ours.has(name.toUpperCase())).map(({ name, value }) => [name, value]));
  return others(before) === others(after) && wanted.every(({ name, value }) => {
    const values = valuesOf(after, name);
    return values.length > 0 && values.every((one) => one === value);
  });
}

function valuesOf({ variables }: VariableFile, name: string): readonly (string | undefined)[] {
  return variables.filter((one) => one.name === name).map(({ value }) => value);
}
