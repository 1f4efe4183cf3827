import * as vscode from 'vscode';
import type { ConnectState } from '../../trust/connectState.ts';
import { chosenTarget } from '../../trust/connectTarget.ts';
import { previewText } from '../connections/previewText.ts';
import type { Services } from '../services.ts';

/** Asks before a connection is written where others get it; true where nobody else does. The question shows what will stand there. */
export async function confirmShared({ messages }: Pick<Services, 'messages'>, state: Pick<ConnectState, 'targets' | 'connection' | 'connectionPlan'>): Promise<boolean> {
  const target = chosenTarget(state);
  const { connectionPlan: plan, connection: { connectionId } } = state;
  const shown = plan?.kind === 'differs' ? plan.overwrite : plan;
  if (target?.shared === undefined || shown?.kind !== 'edit') {
    return true;
  }
  const notes = plan?.kind === 'differs' ? plan.notes : [];
  return messages.confirm(
    shown.action === 'update' ? vscode.l10n.t('Change {0} in {1}?', connectionId, target.label) : vscode.l10n.t('Write {0} to {1}?', connectionId, target.label),
    [[target.shared, ...notes].join('\n'), previewText(vscode.l10n.t('What will stand there:'), shown)].join('\n\n'),
    vscode.l10n.t('Write Connection'),
  );
}
