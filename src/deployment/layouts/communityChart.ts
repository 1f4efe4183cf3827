import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { credentialNameFor } from '../workload.ts';
import { mergedByServiceAccount, podOperator } from './chartComponents.ts';
import { layoutKind } from './layoutKind.ts';

const text = v.pipe(v.string(), v.maxLength(300));

/**
 * The community chart (airflow-helm/charts templates/_helpers/common.tpl, `airflow.serviceAccountName`): one service account
 * for all components, called like the release unless `values.yaml` names it.
 */
export const communityChartLayout = layoutKind(
  'communityChart',
  { release: text, serviceAccount: v.exactOptional(text) },
  ({ namespace }, { release, serviceAccount = release.slice(0, 63).replace(/-$/, '') }) => mergedByServiceAccount([
    {
      id: 'airflow',
      title: l10n.t('All components'),
      serviceAccount,
      credentialName: credentialNameFor(namespace, serviceAccount),
      confirmed: true,
      recommended: true,
    },
    podOperator(namespace),
  ]),
);
