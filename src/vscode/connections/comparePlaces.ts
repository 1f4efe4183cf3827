import * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { differingParts } from '../../connection/connectionValues.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FileConnection } from '../../project/placedConnection.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { maskSecrets } from '../../project/secretMask.ts';
import { pickStep } from '../connect/stepPick.ts';
import { readProjectFile } from '../project/projectFile.ts';
import type { FileEdit } from '../project/writeTogether.ts';
import { writeTogether } from '../project/writeTogether.ts';
import type { Services } from '../services.ts';
import { previewText } from './previewText.ts';

/** Scheme of the documents that show a connection as Airflow reads it; their text stands in their query. */
export const connectionScheme = 'airflow-connection';

/** Gives those documents their text. */
export const connectionDocuments: vscode.TextDocumentContentProvider = {
  provideTextDocumentContent: ({ query }) => query,
};

/** Shows a connection beside what another file of the project says of it, without secrets. */
export async function comparePlaces(placed: FileConnection): Promise<void> {
  const other = await otherFile(placed);
  const there = other?.connections.find(({ connection }) => sameId(connection, placed.connection));
  if (other !== undefined && there !== undefined) {
    const { connectionId } = placed.connection;
    const title = vscode.l10n.t('{0}: {1} and {2}', connectionId, other.label, placed.label);
    await vscode.commands.executeCommand('vscode.diff', connectionDocument(there.connection, other.label), connectionDocument(placed.connection, placed.label), title);
  }
}

/**
 * Writes what a connection says to the other files of the project that say otherwise, after the edits were shown, as one
 * undoable step.
 * @throws AirflowIdentityError what keeps a file from being edited
 */
export async function takeEverywhere(services: Services, placed: FileConnection): Promise<void> {
  const edits: (FileEdit & { readonly label: string; readonly plan: PlannedEdit })[] = [];
  for (const { uri, label, connections } of placed.differing) {
    const there = connections.find(({ connection }) => sameId(connection, placed.connection))?.connection;
    const edit = there === undefined ? undefined : await plannedEdit(services, vscode.Uri.parse(uri), placed.connection, there);
    if (edit !== undefined) {
      edits.push({ ...edit, label });
    }
  }
  const isWanted = edits.length > 0 && (await services.messages.confirm(
    vscode.l10n.t('Write {0} as it stands in {1}?', placed.connection.connectionId, placed.label),
    edits.map(({ label, plan }) => previewText(label, plan)).join('\n\n'),
    vscode.l10n.t('Change Connection'),
  ));
  if (isWanted) {
    await writeTogether(edits);
  }
}

async function plannedEdit({ language }: Services, uri: vscode.Uri, wanted: AirflowConnection, there: AirflowConnection): Promise<FileEdit | undefined> {
  const file = await readProjectFile(uri);
  const plan = file.kind === 'refused' ? file : language().formatOf(uri.path)?.planConnection(file.kind === 'text' ? file.document.getText() : undefined, wanted, without(there, wanted));
  if (plan?.kind === 'refused') {
    throw new AirflowIdentityError(plan.code, plan.message, { fix: plan.fix });
  }
  return plan?.kind === 'differs' && file.kind !== 'refused' ? { uri, file, plan: plan.overwrite } : undefined;
}

/** What stands there and not in the wanted connection. */
function without(there: AirflowConnection, wanted: AirflowConnection): readonly string[] {
  const holds = (part: string): boolean =>
    (part.startsWith('extra.') ? wanted.extra[part.slice('extra.'.length)] : wanted[part as 'host' | 'schema' | 'login' | 'password' | 'port']) !== undefined;
  return differingParts(there, wanted).filter((part) => part !== 'type' && !holds(part));
}

async function otherFile({ differing, connection }: FileConnection): Promise<FileConnection['differing'][number] | undefined> {
  if (differing.length < 2) {
    return differing[0];
  }
  const answer = await pickStep<FileConnection['differing'][number]>({
    title: vscode.l10n.t('Compare {0}', connection.connectionId),
    placeholder: vscode.l10n.t('With which place?'),
    load: async (show) => { show(differing.map((file) => ({ label: file.label, value: file }))); },
  });
  return answer.kind === 'picked' ? answer.value : undefined;
}

/** A document that shows a connection without its secrets. */
export function connectionDocument({ extra, ...connection }: AirflowConnection, label: string): vscode.Uri {
  const sorted = { ...connection, extra: Object.fromEntries(Object.entries(extra).sort(([a], [b]) => a.localeCompare(b))) };
  const query = maskSecrets(JSON.stringify(sorted, undefined, 2).split('\n')).join('\n');
  return vscode.Uri.from({ scheme: connectionScheme, path: `/${label}/${connection.connectionId}.json`, query });
}

function sameId(a: AirflowConnection, b: AirflowConnection): boolean {
  return a.connectionId.toLowerCase() === b.connectionId.toLowerCase();
}
