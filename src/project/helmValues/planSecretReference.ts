import * as l10n from '@vscode/l10n';
import { isMap, isSeq } from 'yaml';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import { connectionProblem } from '../../connection/connectionProblem.ts';
import { carries } from '../../connection/connectionValues.ts';
import { EditedText } from '../editedText.ts';
import { previewEdits } from '../editPreview.ts';
import { writtenValue } from '../environment/connectionValue.ts';
import type { FormatRefusal } from '../projectFormat.ts';
import { inputRefusal, refusal, thrownRefusal } from '../refusal.ts';
import { shiftedPlan } from '../shifted.ts';
import type { EditPlan } from '../textEdit.ts';
import { markLength } from '../textLines.ts';
import type { NewNode } from '../yaml/addition.ts';
import { addNode } from '../yaml/addition.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { nodeAt } from '../yaml/yamlPath.ts';
import { scalarText, singleQuoted } from '../yaml/yamlScalar.ts';
import type { Chart } from './charts.ts';
import { chartOf } from './charts.ts';
import type { Edits, HelmEntry, SecretReference } from './helmEntry.ts';
import { madeSecrets, wholeSecrets } from './madeSecrets.ts';
import type { SecretTarget } from './secretTarget.ts';
import { secretTargetProblem } from './secretTarget.ts';
import { hasActions, templatedJson } from './templateText.ts';
import type { ValuesContent } from './valuesContent.ts';
import { valuesContent } from './valuesContent.ts';
import { noChart, valuesFile } from './valuesFile.ts';
import { maskValues } from './valuesMask.ts';

/** A file with what was found in it. */
interface OpenValues {
  readonly document: YamlText;
  readonly chart: Chart;
  readonly content: ValuesContent;
}

/**
 * What it takes for a release to get a connection from a Kubernetes secret: the variable refers to the secret, the secret's text holds the
 * connection where the chart makes it, and nothing else in the file does. Never throws.
 */
export function planSecretReference(text: string, connection: AirflowConnection, target: SecretTarget): EditPlan {
  const problem = connectionProblem(connection) ?? secretTargetProblem(target);
  if (problem !== undefined) {
    return inputRefusal(problem, l10n.t('Correct it, then try again.'));
  }
  try {
    const mark = markLength(text);
    return shiftedPlan(planIn(text.slice(mark), connection, target), mark);
  } catch (error) {
    return thrownRefusal(valuesFile.title, error, valuesFile.shapeFix());
  }
}

function planIn(text: string, connection: AirflowConnection, target: SecretTarget): EditPlan {
  const name = connectionVariable(connection.connectionId);
  let edited = EditedText.of(text);
  // Each step may make the list or the map that the next one goes into.
  for (const step of [withoutOthers, withReference, ...(target.isMade ? [withValue] : [])]) {
    const values = opened(edited.text);
    const edits = 'kind' in values ? values : step(values, name, target, connection);
    if ('kind' in edits) {
      return edits;
    }
    edited = edited.with(edits);
  }
  const edits = edited.edits();
  const [first] = edits;
  if (first === undefined) {
    return { kind: 'unchanged', cursor: 0, notes: [] };
  }
  return isAsWanted(text, edited.text, name, target, connection)
    ? { kind: 'edit', action: 'update', edits, cursor: first.offset, ...previewEdits(text, edits, maskValues) }
    : refusal(text, first.offset, l10n.t('{0} is written in a form in which the edit would change more than the connection.', valuesFile.title), l10n.t('Make the change by hand.'));
}

function opened(text: string): OpenValues | FormatRefusal {
  const document = readYaml(text, valuesFile);
  if (document.kind === 'refused') {
    return document;
  }
  const chart = chartOf(document);
  return chart === undefined
    ? noChart(text)
    : { document, chart, content: valuesContent(document, chart) };
}

/** Takes the connection out of wherever it stands, but for the secret it is to be in. */
function withoutOthers(values: OpenValues, name: string, target: SecretTarget): Edits {
  const { document, content } = values;
  if (target.isMade && isOthers(values, name, target)) {
    return refusal(document.text, 0, l10n.t('{0} of the secret {1} holds something else already.', target.secretKey, target.secretName), l10n.t('Choose another key.'));
  }
  const [entry, second] = entriesOf(content, name).filter((one) => !isIn(one, target));
  if (second !== undefined) {
    return refusal(document.text, second.entry.offset, l10n.t('{0} holds two connections with the id {1}; the later one wins.', valuesFile.title, second.connection.connectionId), l10n.t('Remove one of them, then try again.'));
  }
  const reference = content.references.find((one) => one.name === name && !isReferenceTo(one, target));
  return entry?.remove() ?? reference?.remove() ?? [];
}

function withReference(values: OpenValues, name: string, target: SecretTarget): Edits {
  const { document, chart, content } = values;
  if (isThere(values, name, target)) {
    return [];
  }
  const { secretName, secretKey } = target;
  const fromSource: NewNode = {
    kind: 'entry',
    pairs: [['name', name], ['valueFrom', `{secretKeyRef: {name: ${scalarText(secretName)}, key: ${scalarText(secretKey)}}}`]],
  };
  const [list] = chart.secrets;
  const standing = list === undefined ? undefined : nodeAt(document, list);
  if (hasActions(secretName) || (content.text !== undefined && !(isSeq(standing) && standing.items.length > 0))) {
    return content.text?.add(fromSource)
      ?? refusal(document.text, 0, l10n.t('{0} is a template, which only extraEnv and extraEnvFrom take as the name of a secret.', secretName), l10n.t('Name the secret in extraEnvFrom, then try again.'));
  }
  return list === undefined
    ? addNode(document, chart.variables[0] ?? [], fromSource)
    : addNode(document, list, { kind: 'entry', pairs: [['envName', name], ['secretName', scalarText(secretName)], ['secretKey', scalarText(secretKey)]] });
}

function withValue(values: OpenValues, name: string, { secretName, secretKey }: SecretTarget, connection: AirflowConnection): Edits {
  const { document, chart, content } = values;
  const path = chart.madeSecrets;
  if (path === undefined) {
    return inputRefusal(l10n.t('This chart makes no secrets of its values.'), l10n.t('Make the secret with kubectl.'));
  }
  const [entry] = entriesOf(content, name);
  if (entry !== undefined) {
    return carries(entry.connection, connection) ? [] : entry.change(connection);
  }
  const value = singleQuoted(templatedJson(writtenValue(connection)));
  const secret = madeSecrets(document, chart).find((one) => one.name === secretName);
  if (secret?.plain !== undefined) {
    return secret.plain.add({ kind: 'pair', key: scalarText(secretKey), value });
  }
  const stringData: NewNode = { kind: 'pair', key: 'stringData', value: { block: [`${scalarText(secretKey)}: ${value}`] } };
  return addNode(document, [...path, secret === undefined ? scalarText(secretName) : secretName], stringData);
}

/** True where the key of the secret is there and is not what the variable comes from. */
function isOthers(values: OpenValues, name: string, target: SecretTarget): boolean {
  const secret = madeSecrets(values.document, values.chart).find((one) => one.name === target.secretName);
  const isUsed = [secret?.plain, secret?.encoded].some((text) => isMap(text?.root) && text.root.has(target.secretKey));
  return isUsed && !entriesOf(values.content, name).some((entry) => isIn(entry, target));
}

function isIn({ secret }: HelmEntry, { secretName, secretKey }: SecretTarget): boolean {
  return secret?.name === secretName && secret.key === secretKey;
}

/** True where the variable comes from this key of this secret, by itself or with all of the secret. */
function isThere({ document, chart, content }: OpenValues, name: string, target: SecretTarget): boolean {
  const references = content.references.filter((one) => one.name === name);
  return references.length > 0
    ? references.every((one) => isReferenceTo(one, target))
    : target.secretKey === name && wholeSecrets(document, chart).includes(target.secretName);
}

function isReferenceTo(reference: SecretReference, { secretName, secretKey }: SecretTarget): boolean {
  return reference.secretName === secretName && reference.secretKey === secretKey;
}

function entriesOf({ entries }: ValuesContent, name: string): readonly HelmEntry[] {
  return entries.filter(({ connection }) => connectionVariable(connection.connectionId) === name);
}

function isAsWanted(before: string, after: string, name: string, target: SecretTarget, connection: AirflowConnection): boolean {
  const [first, last] = [opened(before), opened(after)];
  if ('kind' in first || 'kind' in last || !isThere(last, name, target)) {
    return false;
  }
  const others = ({ content }: OpenValues): string => JSON.stringify([
    content.entries.filter((one) => connectionVariable(one.connection.connectionId) !== name).map((one) => one.connection),
    content.variables.filter((one) => one.name !== name).map((one) => [one.name, one.value]),
  ]);
  const found = entriesOf(last.content, name);
  return others(first) === others(last) && (target.isMade ? found.length === 1 && found.every((one) => carries(one.connection, connection)) : found.length === 0);
}
