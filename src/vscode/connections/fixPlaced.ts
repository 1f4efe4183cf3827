import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { ConnectionIssue } from '../../project/connectionIssues.ts';
import type { Fix } from '../../project/language/diagnosis.ts';
import type { EnvironmentWish } from '../../project/environmentManager/planEnvironment.ts';
import type { EnvironmentManagerConnection, FileConnection, PlacedConnection } from '../../project/placedConnection.ts';
import { environmentConnection } from '../../trust/environmentWrite.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { readProjectFile } from '../project/projectFile.ts';
import { changedMeanwhile, writeEdit } from '../project/writeDocument.ts';
import type { Services } from '../services.ts';
import { deploymentName, environmentProgress, writeAsShown } from './environmentChange.ts';
import { previewText } from './previewText.ts';

type ConnectionFix = Extract<Fix, { kind: 'connection' }>;

/** A fix and what it mends. */
export interface ChosenFix {
  readonly issue: ConnectionIssue;
  readonly fix: Fix;
}

/**
 * Mends a connection where it stands: in a file as one undoable step, in the Environment Manager after a question. True when
 * something was written.
 * @throws AirflowIdentityError what keeps the place from being changed
 */
export async function fixPlaced(services: Services, projects: AstroProjects, placed: PlacedConnection, { issue, fix }: ChosenFix): Promise<boolean> {
  if (placed.kind === 'file') {
    await (fix.kind === 'connection' ? writeConnection(projects, placed, fix) : writeEdits(services, placed, issue, fix.title));
    return true;
  }
  if (fix.kind !== 'connection') {
    return false;
  }
  return changeEnvironment(services, placed, issue, fix);
}

/** What stands there is read first: others may have changed it since it was listed. */
async function changeEnvironment(services: Services, { connection: { connectionId }, environment: { place }, label }: EnvironmentManagerConnection, issue: ConnectionIssue, fix: ConnectionFix): Promise<boolean> {
  const wish: EnvironmentWish = { place, connection: fix.wanted, without: fix.without, reach: [], nameOf: (id) => deploymentName(services, id) };
  const title = vscode.l10n.t('Changing {0}', connectionId);
  const standing = await environmentProgress(title, (stop) => environmentConnection(services.environment(), place, connectionId, stop));
  if (standing === undefined) {
    throw new AirflowIdentityError('notFound', vscode.l10n.t('{0} does not stand in the Environment Manager any more.', connectionId));
  }
  const plan = services.language().planEnvironment(standing, wish);
  if (plan.kind === 'refused') {
    throw new AirflowIdentityError(plan.code, plan.message, { fix: plan.fix });
  }
  const shown = plan.kind === 'differs' ? plan.overwrite : plan;
  const isWanted = shown.kind === 'edit' && (await services.messages.confirm(
    vscode.l10n.t('{0} in {1}: {2}?', connectionId, label, fix.title),
    [
      `${issue.message}\n${vscode.l10n.t('The deployments that get the connection are restarted by Astro when needed. This cannot be undone here.')}`,
      previewText(label, shown),
    ].join('\n\n'),
    vscode.l10n.t('Change Connection'),
  ));
  if (isWanted) {
    await environmentProgress(title, (stop, say) => writeAsShown(services, wish, shown, stop, say));
  }
  // Where nothing is left to change, the view shows what somebody else mended.
  return isWanted || shown.kind === 'unchanged';
}

async function writeConnection(projects: AstroProjects, { uri }: FileConnection, { wanted, without }: ConnectionFix): Promise<void> {
  const plan = await projects.plan(uri, wanted, without);
  if (plan.kind === 'refused') {
    throw new AirflowIdentityError(plan.code, plan.message, { fix: plan.fix });
  }
  if (plan.kind === 'differs') {
    await projects.write(uri, wanted, plan.overwrite, without);
  }
}

/** The file may have changed since it was looked at, so it is read again. */
async function writeEdits({ language }: Services, { uri, connection }: FileConnection, { code }: ConnectionIssue, title: string): Promise<void> {
  const target = vscode.Uri.parse(uri);
  const file = await readProjectFile(target);
  if (file.kind === 'refused') {
    throw new AirflowIdentityError(file.code, file.message, { fix: file.fix });
  }
  const content = file.kind === 'text' ? language().formatOf(target.path)?.read(file.document.getText()) : undefined;
  const found = content === undefined || 'kind' in content ? undefined : content.connections.find((one) => one.connection.connectionId === connection.connectionId);
  const fix = found === undefined || content === undefined || 'kind' in content
    ? undefined
    : language().formatIssues(found, content).find((issue) => issue.code === code)?.fixes.find((one) => one.title === title);
  if (fix?.kind !== 'edits' || (file.kind === 'text' && file.isBehind)) {
    throw changedMeanwhile(target);
  }
  const cursor = fix.edits[0]?.offset ?? 0;
  await writeEdit(target, file, { kind: 'edit', action: 'update', edits: fix.edits, cursor, preview: [], lines: { first: 1, last: 1 } });
}
