import * as l10n from '@vscode/l10n';
import type { YamlKind } from '../yaml/yamlDocument.ts';

/** `values.yaml`, as readers of it see it. */
export const valuesFile: YamlKind = {
  title: 'values.yaml',
  ignoresCase: false,
  shapeFix: () => l10n.t('Compare the file with what helm show values gives for the chart.'),
};
