import * as l10n from '@vscode/l10n';
import { isGuid } from '../../connection/guid.ts';
import { EditedText } from '../editedText.ts';
import { previewEdits } from '../editPreview.ts';
import type { FormatRefusal } from '../projectFormat.ts';
import { inputRefusal, thrownRefusal } from '../refusal.ts';
import { shiftedPlan } from '../shifted.ts';
import type { EditPlan, TextEdit } from '../textEdit.ts';
import { markLength } from '../textLines.ts';
import { addNode } from '../yaml/addition.ts';
import { editMap } from '../yaml/mapEdits.ts';
import type { YamlText } from '../yaml/yamlDocument.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { mapAt, textAt } from '../yaml/yamlPath.ts';
import { singleQuoted } from '../yaml/yamlScalar.ts';
import { chartOf } from './charts.ts';
import { noChart, valuesFile } from './valuesFile.ts';
import { maskValues } from './valuesMask.ts';

/** The identity that a release signs in as. */
export interface ReleaseIdentity {
  readonly clientId: string;
  readonly tenantId: string;
}

/** One key that has to stand somewhere. */
interface WantedKey {
  readonly path: readonly string[];
  readonly key: string;
  readonly value: string;
}

/**
 * What it takes for the pods of a release to get a token of the identity: the label by which the workload identity webhook
 * finds pods, and the annotations of their service accounts (Azure/azure-workload-identity, docs `topics/service-account-labels-and-annotations`).
 * Never throws.
 */
export function planServiceAccounts(text: string, identity: ReleaseIdentity): EditPlan {
  if (!isGuid(identity.clientId) || !isGuid(identity.tenantId)) {
    return inputRefusal(l10n.t('The client ID and the tenant ID have to be GUIDs.'), l10n.t('Copy them from the identity.'));
  }
  try {
    const mark = markLength(text);
    return shiftedPlan(planIn(text.slice(mark), identity), mark);
  } catch (error) {
    return thrownRefusal(valuesFile.title, error, valuesFile.shapeFix());
  }
}

function planIn(text: string, identity: ReleaseIdentity): EditPlan {
  const whole = readYaml(text, valuesFile);
  if (whole.kind === 'refused') {
    return whole;
  }
  const chart = chartOf(whole);
  if (chart === undefined) {
    return noChart(text);
  }
  let edited = EditedText.of(text);
  for (const wanted of [
    ...chart.podLabels.map((path) => ({ path, key: 'azure.workload.identity/use', value: 'true' })),
    ...chart.annotations.flatMap((path) => [
      { path, key: 'azure.workload.identity/client-id', value: identity.clientId },
      { path, key: 'azure.workload.identity/tenant-id', value: identity.tenantId },
    ]),
  ]) {
    // Each key may make the map that the next one goes into.
    const document = readYaml(edited.text, valuesFile);
    const edits = document.kind === 'refused' ? document : keyEdits(document, wanted);
    if ('kind' in edits) {
      return edits;
    }
    edited = edited.with(edits);
  }
  const edits = edited.edits();
  const [first] = edits;
  return first === undefined
    ? { kind: 'unchanged', cursor: 0, notes: [] }
    : { kind: 'edit', action: 'update', edits, cursor: first.offset, ...previewEdits(text, edits, maskValues) };
}

function keyEdits(document: YamlText, { path, key, value }: WantedKey): readonly TextEdit[] | FormatRefusal {
  const map = mapAt(document, path);
  if (map !== undefined && textAt(document, map, key) !== undefined) {
    return textAt(document, map, key) === value ? [] : editMap(document, map, map, key, [{ key, change: { kind: 'write', text: () => singleQuoted(value) } }]);
  }
  return addNode(document, path, { kind: 'pair', key, value: singleQuoted(value) });
}
