import * as vscode from 'vscode';
import type { ValuesLayout } from '../../../deployment/layouts/chartValues.ts';
import { layoutOfValues } from '../../../deployment/layouts/chartValues.ts';
import { toAirflowIdentityError } from '../../../errors.ts';
import type { LanguageBundle } from '../../../project/languageBundle.ts';
import { pickStep } from '../../connect/stepPick.ts';
import type { StepItem } from '../../connect/stepPick.ts';
import type { Log } from '../../log.ts';
import { searchFiles } from '../../project/searchFiles.ts';
import type { LayoutWay } from './layoutWay.ts';
import { askReleaseName, chartNames } from './typedWays.ts';

/** Values files are written under many names; what they hold decides. */
const pattern = '**/*values*.{yaml,yml}';

/** More files than anybody would pick from, and larger ones than anybody writes. */
const maxFiles = 200;
const maxBytes = 1_000_000;

interface ValuesFile {
  readonly uri: vscode.Uri;
  readonly values: unknown;
}

/** Reads the names from a `values.yaml` of the workspace: what it overrides is what a chart's rules would get wrong. */
export function valuesWay(language: () => LanguageBundle, log: Log): LayoutWay {
  return {
    label: vscode.l10n.t('From a values.yaml of this workspace…'),
    detail: vscode.l10n.t('Chart, overrides and version are read from it'),
    icon: 'file-code',
    made: () => false,
    ask: async (question) => {
      const file = await pickStep<ValuesFile>({
        title: question.title,
        placeholder: vscode.l10n.t('Which file is Airflow installed with?'),
        back: true,
        load: async (show) => {
          const found = await airflowValues(language, log);
          show(found.length === 0 ? [{ label: vscode.l10n.t('No values.yaml of an Airflow chart in this workspace'), alwaysShow: true }] : found);
        },
      });
      if (file.kind !== 'picked') {
        return file;
      }
      const release = await askReleaseName(question);
      if (release.kind !== 'picked') {
        return release;
      }
      const found = layoutOfValues(file.value.values, release.value);
      if (found === undefined) {
        return { kind: 'back' };
      }
      const { layout, airflowVersion } = found;
      return { kind: 'picked', value: { layout, ...(airflowVersion === undefined ? {} : { airflowVersion }) } };
    },
  };
}

async function airflowValues(language: () => LanguageBundle, log: Log): Promise<readonly StepItem<ValuesFile>[]> {
  const uris = await searchFiles({ what: 'values.yaml', patterns: [pattern], most: maxFiles }, log, undefined);
  const items = await Promise.all(uris.map(async (uri): Promise<readonly StepItem<ValuesFile>[]> => {
    const values = await readValues(uri, language, log);
    const found = layoutOfValues(values, 'airflow');
    return found === undefined ? [] : [{ label: vscode.workspace.asRelativePath(uri), description: descriptionOf(found), value: { uri, values } }];
  }));
  return items.flat().sort((a, b) => a.label.localeCompare(b.label));
}

async function readValues(uri: vscode.Uri, language: () => LanguageBundle, log: Log): Promise<unknown> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > maxBytes ? undefined : language().readYaml(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch (error) {
    log.warn(`${uri.path} cannot be read: ${toAirflowIdentityError(error).message}`);
    return undefined;
  }
}

function descriptionOf({ layout, airflowVersion }: ValuesLayout): string {
  const chart = 'release' in layout ? chartNames()[layout.kind].label : '';
  return airflowVersion === undefined ? chart : `${chart} · ${vscode.l10n.t('Airflow {0}', airflowVersion)}`;
}
