import * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { AirflowIdentityError, toAirflowIdentityError } from '../../errors.ts';
import { astroProjectFiles } from '../../project/astroProject.ts';
import type { ProjectFormat } from '../../project/projectFormat.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import { sameEdit } from '../../project/textEdit.ts';
import type { ProjectConnections } from '../../trust/details/connectionUses.ts';
import type { TargetChoice, ProviderNotice } from '../../trust/connectState.ts';
import type { Services } from '../services.ts';
import { connectionPosition } from './connectionPosition.ts';
import { findConnectionFiles } from './findConnectionFiles.ts';
import { findProjects } from './findProjects.ts';
import type { ProjectChange } from './projectChanges.ts';
import { ProjectChanges } from './projectChanges.ts';
import { fileName, readProjectFile } from './projectFile.ts';
import { projectLabels } from './projectLabels.ts';
import { changedMeanwhile, placeCursor, showDocument, writeEdit } from './writeDocument.ts';

/** What a format makes of the text of a file, `undefined` being a file that does not exist yet. */
type Planner = (format: ProjectFormat, text: string | undefined) => EditPlan;

/** The Astro projects of the workspace and what the flow reads and writes in them. Every `uri` is a `TargetChoice.uri`. */
export class AstroProjects implements vscode.Disposable {
  readonly #services: Pick<Services, 'language' | 'log'>;
  readonly #changes = new ProjectChanges();

  /** Settings files, requirements or the set of projects changed; debounced, so that an open form plans again. */
  readonly onDidChange: vscode.Event<ProjectChange> = this.#changes.onDidChange;

  constructor(services: Pick<Services, 'language' | 'log'>) {
    this.#services = services;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /**
   * The files that a connection can be written to: `airflow_settings.yaml` and `.env` of each Astro project, whether they
   * exist yet or not, and whatever else of the workspace holds connections.
   * @throws the signal's reason when it is aborted.
   */
  async find(signal?: AbortSignal): Promise<readonly TargetChoice[]> {
    const [inProjects, anywhere] = partition(this.#services.language().projectFormats(), ({ patterns }) => patterns.every((pattern) => !pattern.startsWith('**')));
    const [folders, files] = await Promise.all([findProjects(this.#services.log, signal), findConnectionFiles(anywhere, this.#services.log, signal)]);
    return [
      ...inProjects.flatMap(({ creates, reach }) => {
        const labels = creates === undefined ? [] : projectLabels(folders.map((folder) => folder.path), creates);
        return labels.map((label, index) => ({ uri: vscode.Uri.joinPath(folders[index]?.uri ?? vscode.Uri.file('/'), creates ?? '').toString(), label, reach }));
      }),
      ...files.map(({ uri, format }) => ({ uri: uri.toString(), label: vscode.workspace.asRelativePath(uri, true), reach: format.reach })),
    ];
  }

  /**
   * The connections of all settings files that name a managed identity, unsaved changes included. A file that cannot be
   * read says why in its place.
   * @throws the signal's reason when it is aborted.
   */
  async identityConnections(signal: AbortSignal): Promise<readonly ProjectConnections[]> {
    const projects = await this.find(signal);
    const read = await Promise.all(projects.map((project) => this.#identityConnections(project)));
    signal.throwIfAborted();
    return read.filter((project) => project !== undefined);
  }

  /** What it takes to have the connection in a settings file, unsaved changes included. Writes nothing, never throws. */
  async plan(uri: string, connection: AirflowConnection, without: readonly string[] = []): Promise<EditPlan> {
    return this.planBy(uri, (format, text) => format.planConnection(text, connection, without));
  }

  /** As `plan`, for whatever a format plans. */
  async planBy(uri: string, planned: Planner): Promise<EditPlan> {
    const file = await readProjectFile(vscode.Uri.parse(uri));
    return file.kind === 'refused' ? file : planned(this.#formatOf(uri), file.kind === 'text' ? file.document.getText() : undefined);
  }

  /**
   * Writes the connection as it was shown, as one undoable step, and puts the cursor on it. The editor that shows the
   * file has the focus afterwards. A file without unsaved changes is saved, one with unsaved changes is not.
   * @returns the line of the connection, counted from 1; `updated` when an entry of the same id was changed.
   * @throws AirflowIdentityError `fileChanged` when the edit would no longer be the one shown, `fileReadOnly`,
   * `fileUnreadable`; nothing is written then.
   */
  async write(uri: string, connection: AirflowConnection, shown: PlannedEdit, without: readonly string[] = []): Promise<{ readonly line: number; readonly updated: boolean }> {
    return this.writeBy(uri, (format, text) => format.planConnection(text, connection, without), shown);
  }

  /** As `write`, for whatever a format plans. */
  async writeBy(uri: string, planned: Planner, shown: PlannedEdit): Promise<{ readonly line: number; readonly updated: boolean }> {
    const target = vscode.Uri.parse(uri);
    const file = await readProjectFile(target);
    if (file.kind === 'refused') {
      throw new AirflowIdentityError(file.code, file.message, { fix: file.fix });
    }
    const plan = planned(this.#formatOf(uri), file.kind === 'text' ? file.document.getText() : undefined);
    const edit = plan.kind === 'differs' ? plan.overwrite : plan;
    if (edit.kind !== 'edit' || !sameEdit(edit, shown) || (file.kind === 'text' && file.isBehind)) {
      throw changedMeanwhile(target);
    }
    return { line: await writeEdit(target, file, edit), updated: edit.action === 'update' };
  }

  /** Shows a settings file with the cursor on a connection, or at the top where there is none of that id. */
  async open(uri: string, connectionId: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const found = this.#services.language().formatOf(document.uri.path)?.read(document.getText());
    placeCursor(await showDocument(document), connectionPosition(document, connectionId, found));
  }

  #formatOf(uri: string): ProjectFormat {
    const format = this.#services.language().formatOf(vscode.Uri.parse(uri).path);
    if (format === undefined) {
      throw new AirflowIdentityError('invalidInput', vscode.l10n.t('{0} is no file that can hold connections.', fileName(vscode.Uri.parse(uri))));
    }
    return format;
  }

  async #identityConnections({ uri, label }: TargetChoice): Promise<ProjectConnections | undefined> {
    const settings = vscode.Uri.parse(uri);
    try {
      if (!(await isThere(settings))) {
        return undefined;
      }
      const { language } = this.#services;
      const found = language().identityConnections(this.#formatOf(uri), (await vscode.workspace.openTextDocument(settings)).getText());
      return 'kind' in found ? { uri, label, connections: [], problem: found.message } : { uri, label, connections: found };
    } catch (error) {
      return { uri, label, connections: [], problem: toAirflowIdentityError(error).message };
    }
  }

  /**
   * What `requirements.txt` beside a file lacks for the connection to work; `undefined` when nothing, or when there is none in a
   * folder that is no Astro project.
   * @param minimum the first release of the provider that will do; without it, the first that knows identities
   */
  async checkProvider(uri: string, minimum?: string): Promise<ProviderNotice | undefined> {
    const file = await readProjectFile(requirementsOf(uri));
    if (file.kind !== 'text' && file.kind !== 'refused' && !(await isThere(vscode.Uri.joinPath(vscode.Uri.parse(uri), '..', astroProjectFiles.config)))) {
      return undefined;
    }
    if (file.kind === 'refused') {
      return { message: `${file.message} ${file.fix}`, canAdd: false };
    }
    const plan = this.#services.language().planProvider(file.kind === 'text' ? file.document.getText() : undefined, minimum);
    switch (plan.kind) {
      case 'ok':
        return undefined;
      case 'refused':
        return { message: `${plan.message} ${plan.fix}`, canAdd: false };
      case 'absent':
      case 'old':
      case 'unknown':
        return { message: plan.message, canAdd: plan.edit !== undefined };
    }
  }

  /**
   * Adds the provider package to `requirements.txt` beside a settings file, or raises its version: one undoable step in
   * an editor that shows it. Changes nothing when nothing is lacking any more.
   * @param minimum as for `checkProvider`
   * @throws AirflowIdentityError as `write` does.
   */
  async addProvider(uri: string, minimum?: string): Promise<void> {
    const target = requirementsOf(uri);
    const file = await readProjectFile(target);
    if (file.kind === 'refused') {
      throw new AirflowIdentityError(file.code, file.message, { fix: file.fix });
    }
    if (file.kind === 'text' && file.isBehind) {
      throw changedMeanwhile(target);
    }
    const plan = this.#services.language().planProvider(file.kind === 'text' ? file.document.getText() : undefined, minimum);
    if (plan.kind !== 'ok' && plan.kind !== 'refused' && plan.edit !== undefined) {
      await writeEdit(target, file, plan.edit);
    }
  }
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return false;
    }
    throw error;
  }
}

function requirementsOf(settingsUri: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.parse(settingsUri), '..', astroProjectFiles.requirements);
}
