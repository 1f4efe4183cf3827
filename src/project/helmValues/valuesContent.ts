import * as l10n from '@vscode/l10n';
import type { Node } from 'yaml';
import { isSeq } from 'yaml';
import type { FormatFinding } from '../projectFormat.ts';
import { lineBreakOf, lineEnd } from '../textLines.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { followed, isShared, pairOf } from '../yaml/yamlDocument.ts';
import { mapAt, nodeAt } from '../yaml/yamlPath.ts';
import { placeOfPair } from '../yaml/yamlTokens.ts';
import type { Chart } from './charts.ts';
import { connectionsPlace } from './communityConnections.ts';
import { EmbeddedYaml } from './embeddedYaml.ts';
import type { HelmPlace } from './helmEntry.ts';
import { madeSecrets, madeSecretsPlace, wholeSecrets } from './madeSecrets.ts';
import { listPlace, secretListPlace, textPlace } from './variablePlaces.ts';

/** What a `values.yaml` of a chart of Airflow says of variables and connections, wherever its chart reads them from. */
export interface ValuesContent extends HelmPlace {
  readonly findings: readonly FormatFinding[];
  /** The first text of variables that can be added to; `undefined` where there is none. */
  readonly text: EmbeddedYaml | undefined;
}

/** Looks through all places of the chart; entries in the order of the text. */
export function valuesContent(document: YamlText, chart: Chart | undefined): ValuesContent {
  if (chart === undefined) {
    return { entries: [], variables: [], references: [], findings: [], text: undefined };
  }
  const texts = chart.variableTexts.flatMap((path) => EmbeddedYaml.read(document, nodeAt(document, path)) ?? []);
  const connections = chart.connections === undefined ? undefined : connectionsPlace(document, chart.connections);
  const places: readonly HelmPlace[] = [
    ...chart.variables.map((path) => listPlace(document, path)),
    ...texts.map(textPlace),
    ...chart.secrets.map((path) => secretListPlace(document, path)),
    ...(connections === undefined ? [] : [connections]),
  ];
  const references = places.flatMap((place) => place.references);
  const all = [...places, madeSecretsPlace(document, madeSecrets(document, chart), references, wholeSecrets(document, chart))];
  return {
    entries: all.flatMap(({ entries }) => entries).sort((a, b) => a.entry.offset - b.entry.offset),
    variables: all.flatMap(({ variables }) => variables),
    references,
    findings: [...(connections?.findings ?? []), ...chart.variableTexts.flatMap((path) => listForText(document, path))],
    text: texts.find(({ root }) => root === undefined || isSeq(root)),
  };
}

/** `extraEnv` as a list, which `tpl` does not take: "wrong type for value; expected string" (helm.sh/docs/howto/charts_tips_and_tricks). */
function listForText(document: YamlText, path: readonly string[]): readonly FormatFinding[] {
  const key = path.at(-1) ?? '';
  const map = mapAt(document, path.slice(0, -1));
  const pair = map === undefined ? undefined : pairOf(document, map, key);
  const list = followed(document, pair?.value);
  const place = pair === undefined ? undefined : placeOfPair(pair);
  if (!isSeq(list) || pair === undefined || place === undefined) {
    return [];
  }
  const [start = 0, end = start] = pair.key.range ?? [];
  const edit = asText(document, list, place);
  return [{
    code: 'chart-value', severity: 'error', range: { offset: start, length: end - start },
    message: l10n.t('The chart takes {0} as text that holds a list, behind a bar. With a list itself helm refuses the whole release.', key),
    fixes: edit === undefined ? [] : [{ title: l10n.t('Write it as text'), edits: [edit] }],
  }];
}

/** A bar behind the colon makes a block of text of what stands deeper than its key; nothing else has to move. */
function asText(document: YamlText, list: Node, { start, colonEnd, value }: NonNullable<ReturnType<typeof placeOfPair>>): { readonly offset: number; readonly length: number; readonly text: string } | undefined {
  const { text } = document;
  const behind = text.slice(colonEnd, lineEnd(text, colonEnd));
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const first = value === undefined ? -1 : value.start - (text.lastIndexOf('\n', value.start - 1) + 1);
  const isDeeper = value !== undefined && value.start >= colonEnd + behind.length && first > column && text[value.start] === '-';
  return isDeeper && behind.trim() === '' && !isShared(document, list, 'within') && !/[&*]/.test(text.slice(value.start, value.end))
    ? { offset: colonEnd, length: behind.length, text: ` |${lineBreakOf(text)}` }
    : undefined;
}
