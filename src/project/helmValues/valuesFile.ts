import * as l10n from '@vscode/l10n';
import type { FormatRefusal } from '../projectFormat.ts';
import { refusal } from '../refusal.ts';
import type { YamlKind } from '../yaml/yamlDocument.ts';

/** `values.yaml`, as readers of it see it. */
export const valuesFile: YamlKind = {
  title: 'values.yaml',
  ignoresCase: false,
  shapeFix: () => l10n.t('Compare the file with what helm show values gives for the chart.'),
};

/** Says that a text is for no chart of Airflow. */
export function noChart(text: string): FormatRefusal {
  return refusal(text, 0, l10n.t('{0} is not for a chart of Airflow: none of the keys that its charts know stands there.', valuesFile.title), valuesFile.shapeFix());
}
