import * as vscode from 'vscode';
import type { EnvironmentConnection } from '../../connection/environmentPort.ts';
import { removableParts } from '../../connection/environmentUpdate.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { EnvironmentWish } from '../../project/environmentManager/planEnvironment.ts';
import type { FileConnection, PlacedConnection } from '../../project/placedConnection.ts';
import type { FormatRefusal, ProjectFormat } from '../../project/projectFormat.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import { environmentConnection } from '../../trust/environmentWrite.ts';
import { notRefused } from '../project/notRefused.ts';
import { fileName, readProjectFile } from '../project/projectFile.ts';
import type { WritableFile } from '../project/writeDocument.ts';
import { changedMeanwhile } from '../project/writeDocument.ts';
import type { FileEdit } from '../project/writeTogether.ts';
import { writeTogether } from '../project/writeTogether.ts';
import type { Services } from '../services.ts';
import { deploymentName, environmentProgress, writeAsShown } from './environmentChange.ts';
import type { MoveTarget } from './moveTargets.ts';
import { previewText } from './previewText.ts';

/**
 * Moves a connection: it is taken away where it stood only when it stands where it is to be, and everything is shown before.
 * Between files it is one undoable step. True when something was written.
 * @throws AirflowIdentityError what keeps one of the places from being changed
 */
export async function moveConnection(services: Services, placed: PlacedConnection, target: MoveTarget): Promise<boolean> {
  if (placed.kind === 'file') {
    return target.kind === 'file' ? betweenFiles(services, placed, target) : intoEnvironment(services, placed, target, () => fileRemoval(services, placed));
  }
  const { environment } = placed;
  const remove = async (): Promise<Removal> => ({
    preview: [
      vscode.l10n.t('{0} is deleted from {1}. This cannot be undone here.', placed.connection.connectionId, placed.label),
      vscode.l10n.t('Astro does not tell passwords and other secrets: if the connection has any, they do not come along.'),
    ].join('\n\n'),
    // A deletion that was cut off might have happened, and nobody would know.
    run: () => services.environment().deleteEnvironmentConnection(environment, new AbortController().signal),
  });
  return target.kind === 'file' ? intoFile(services, placed, target, await remove()) : intoEnvironment(services, placed, target, remove);
}

type EnvironmentMoveTarget = Extract<MoveTarget, { kind: 'environment' }>;

interface Removal {
  readonly preview: string;
  readonly run: () => Promise<void>;
}

async function betweenFiles(services: Services, placed: FileConnection, target: Extract<MoveTarget, { kind: 'file' }>): Promise<boolean> {
  const from = await opened(services, placed.uri);
  const to = await opened(services, target.uri);
  const { connectionId } = placed.connection;
  const plan = notRefused(services.language().planMove({ format: from.format, text: from.text ?? '' }, { format: to.format, text: to.text }, connectionId));
  const written = plan.target.kind === 'differs' ? plan.target.overwrite : plan.target.kind === 'edit' ? plan.target : undefined;
  const previews = [...(written === undefined ? [] : [previewText(target.label, written)]), previewText(placed.label, plan.source)];
  const isWanted = await isConfirmed(services, placed, target, previews);
  if (isWanted) {
    const edits: readonly FileEdit[] = [...(written === undefined ? [] : [{ uri: to.uri, file: to.file, plan: written }]), { uri: from.uri, file: from.file, plan: plan.source }];
    // The question may have been open for long.
    if ((await opened(services, placed.uri)).text !== from.text || (await opened(services, target.uri)).text !== to.text) {
      throw changedMeanwhile(from.uri);
    }
    await writeTogether(edits);
  }
  return isWanted;
}

async function intoFile(services: Services, placed: PlacedConnection, target: Extract<MoveTarget, { kind: 'file' }>, removal: Removal): Promise<boolean> {
  const to = await opened(services, target.uri);
  const plan = notRefused(to.format.planConnection(to.text, placed.connection));
  const edit = plan.kind === 'differs' ? plan.overwrite : plan.kind === 'edit' ? plan : undefined;
  const isWanted = await isConfirmed(services, placed, target, [...(edit === undefined ? [] : [previewText(target.label, edit)]), removal.preview]);
  if (isWanted) {
    if (edit !== undefined) {
      await writeTogether([{ uri: to.uri, file: to.file, plan: edit }]);
    }
    await environmentProgress(vscode.l10n.t('Moving {0}', placed.connection.connectionId), () => removal.run());
  }
  return isWanted;
}

async function intoEnvironment(services: Services, placed: PlacedConnection, target: EnvironmentMoveTarget, removalOf: () => Promise<Removal>): Promise<boolean> {
  const { connection } = placed;
  const { connectionId } = connection;
  const removal = await removalOf();
  const title = vscode.l10n.t('Moving {0}', connectionId);
  const standing = await environmentProgress(title, (stop) => environmentConnection(services.environment(), target.place, connectionId, stop));
  const wish: EnvironmentWish = {
    place: target.place,
    connection,
    reach: standing === undefined ? 'all' : [],
    // The moved connection is to say the same there: a login that stays would make its password win over the identity.
    without: removableParts.filter((part) => connection[part] === undefined && standing?.connection[part] !== undefined),
    nameOf: (id) => deploymentName(services, id),
  };
  const plan = notRefused(services.language().planEnvironment(standing, wish));
  const shown = plan.kind === 'differs' ? plan.overwrite : plan.kind === 'edit' ? plan : undefined;
  if (!(await isConfirmed(services, placed, target, [...changeTexts(target, connectionId, standing, plan), removal.preview]))) {
    return false;
  }
  await environmentProgress(title, async (stop, say) => {
    if (shown !== undefined) {
      await writeAsShown(services, wish, shown, stop, say);
    }
    if (stop.aborted) {
      void services.messages.info(vscode.l10n.t('You stopped before {0} was taken from {1}: it stands there and in {2}.', connectionId, placed.label, target.label));
    } else {
      await removal.run();
    }
  });
  return true;
}

/** What becomes of the Environment Manager, and what stays there. */
function changeTexts({ label }: EnvironmentMoveTarget, connectionId: string, standing: EnvironmentConnection | undefined, plan: Exclude<EditPlan, FormatRefusal>): readonly string[] {
  if (plan.kind === 'unchanged') {
    return [vscode.l10n.t('{0} stands in {1} already, with the same values.', connectionId, label)];
  }
  const change = standing === undefined
    ? vscode.l10n.t('{0} is added to {1}, for all deployments of the workspace.', connectionId, label)
    : vscode.l10n.t('{0} in {1} is changed to the same values; the deployments that get it stay the same.', connectionId, label);
  return [[change, ...(plan.kind === 'differs' ? plan.notes : [])].join('\n'), previewText(label, plan.kind === 'differs' ? plan.overwrite : plan)];
}

async function fileRemoval(services: Services, { uri, label, connection }: FileConnection): Promise<Removal> {
  const from = await opened(services, uri);
  const plan = notRefused(from.format.planRemoval(from.text ?? '', connection.connectionId));
  if (plan.kind !== 'edit') {
    throw changedMeanwhile(from.uri);
  }
  return { preview: previewText(label, plan), run: () => writeTogether([{ uri: from.uri, file: from.file, plan: laterPlan(from, plan) }]) };
}

/** The plan holds only for the text it was made on. */
function laterPlan({ uri, file, text }: Opened, plan: PlannedEdit): PlannedEdit {
  if (file.kind !== 'text' || file.document.getText() !== text) {
    throw changedMeanwhile(uri);
  }
  return plan;
}

interface Opened {
  readonly uri: vscode.Uri;
  readonly format: ProjectFormat;
  readonly file: WritableFile;
  readonly text: string | undefined;
}

async function opened({ language }: Services, target: string): Promise<Opened> {
  const uri = vscode.Uri.parse(target);
  const format = language().formatOf(uri.path);
  const file = await readProjectFile(uri);
  if (file.kind === 'refused') {
    throw new AirflowIdentityError(file.code, file.message, { fix: file.fix });
  }
  if (format === undefined) {
    throw new AirflowIdentityError('invalidInput', vscode.l10n.t('{0} is no file that can hold connections.', fileName(uri)));
  }
  return { uri, format, file, text: file.kind === 'text' ? file.document.getText() : undefined };
}

async function isConfirmed({ messages }: Services, { connection, label }: PlacedConnection, target: MoveTarget, parts: readonly string[]): Promise<boolean> {
  return messages.confirm(vscode.l10n.t('Move {0} from {1} to {2}?', connection.connectionId, label, target.label), parts.join('\n\n'), vscode.l10n.t('Move Connection'));
}
