import * as l10n from '@vscode/l10n';
import { errorNotice } from '../view/errorNotice.ts';
import type { DetailsPart } from './detailsEvents.ts';
import type { Part } from './detailsState.ts';
import type { DetailsAction, DetailsNotice } from './detailsView.ts';

/** Why a part could not be read, and what to do. What was read before stays, and is said to be old. */
export function partNotices(name: DetailsPart, { error, value }: Part<unknown>): readonly DetailsNotice[] {
  if (error === undefined) {
    return [];
  }
  const notice: DetailsNotice = errorNotice(error, retryOf(name));
  return [value === undefined ? notice : { ...notice, text: l10n.t('{0} What stands here was read before.', notice.text) }];
}

/** Reads one part again. */
export function retryOf(part: DetailsPart): DetailsAction {
  const names = {
    identity: l10n.t('Retry reading the identity'),
    credentials: l10n.t('Retry reading the credentials'),
    deployments: l10n.t('Retry listing the deployments'),
    roles: l10n.t('Retry reading the roles'),
    connections: l10n.t('Retry looking for connections'),
  };
  return { label: l10n.t('Retry'), accessibleName: names[part], event: { kind: 'retry', part }, style: 'link' };
}
