import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { EnvironmentWish } from '../../project/environmentManager/planEnvironment.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { sameEdit } from '../../project/textEdit.ts';
import { environmentConnection, writeEnvironment } from '../../trust/environmentWrite.ts';
import type { WriteProgress } from '../../trust/pacedWrite.ts';
import type { Services } from '../services.ts';
import { stoppable } from '../stoppable.ts';

/** Tells about a write that is under way. */
type SayWrite = (progress: WriteProgress) => void;

/**
 * Writes a connection to the Environment Manager as it was shown, after a look at what stands there now: the question may have been
 * open for long. Where it stands already, as after a lost answer, nothing is written.
 * @throws AirflowIdentityError `fileChanged` when that would no longer be what was shown, or what kept it from being written; AbortError
 * when it was stopped before.
 */
export async function writeAsShown({ environment, language, clock }: Services, wish: EnvironmentWish, shown: PlannedEdit, stop: AbortSignal, report?: SayWrite): Promise<void> {
  const { place, connection, reach, without = [] } = wish;
  const standing = await environmentConnection(environment(), place, connection.connectionId, stop);
  const plan = language().planEnvironment(standing, wish);
  const edit = plan.kind === 'differs' ? plan.overwrite : plan;
  if (edit.kind === 'unchanged') {
    return;
  }
  if (edit.kind !== 'edit' || !sameEdit(edit, shown)) {
    throw new AirflowIdentityError('fileChanged', vscode.l10n.t('{0} in the Environment Manager was changed meanwhile, so nothing was written.', connection.connectionId), {
      fix: vscode.l10n.t('Look at the preview again, then repeat.'),
    });
  }
  await writeEnvironment({ port: environment(), place, connection, standing, reach, without, clock, stop, ...(report === undefined ? {} : { report }) });
}

/** Runs requests to the Environment Manager under a notification; its Cancel stops before the next write. */
export async function environmentProgress<T>(title: string, run: (stop: AbortSignal, say: SayWrite) => Promise<T>): Promise<T> {
  return stoppable(title, (stop, progress) => run(stop, (at) => {
    progress.report({ message: at.state === 'pausing' ? vscode.l10n.t('{0} Next try in {1} s.', at.reason, Math.ceil(at.waitMs / 1000)) : '' });
  }));
}

/** What people call a deployment, where it was listed. */
export function deploymentName({ deployments }: Pick<Services, 'deployments'>, deploymentId: string): string {
  return deployments.known?.find(({ id }) => id === deploymentId)?.name ?? deploymentId;
}
