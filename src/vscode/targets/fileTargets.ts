import type * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import type { ProviderNotice, TargetChoice } from '../../trust/connectState.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { TargetKind, WrittenConnection } from './targetKind.ts';

/** Files of the workspace, whichever format of `project/formats.ts` they are of. */
export class FileTargets implements TargetKind {
  readonly #projects: AstroProjects;
  readonly onDidChange: vscode.Event<unknown>;

  constructor(projects: AstroProjects) {
    this.#projects = projects;
    this.onDidChange = projects.onDidChange;
  }

  /** Whatever no other kind owns. */
  readonly owns = (): boolean => true;

  async find(_deployment: unknown, signal: AbortSignal): Promise<readonly TargetChoice[]> {
    return this.#projects.find(signal);
  }

  async *findAll(_trusts: unknown, signal: AbortSignal): AsyncGenerator<readonly TargetChoice[]> {
    yield await this.#projects.find(signal);
  }

  async plan(uri: string, connection: AirflowConnection): Promise<EditPlan> {
    return this.#projects.plan(uri, connection);
  }

  async write(uri: string, connection: AirflowConnection, shown: PlannedEdit, stop: AbortSignal): Promise<WrittenConnection> {
    stop.throwIfAborted();
    return this.#projects.write(uri, connection, shown);
  }

  async open(uri: string, connectionId: string): Promise<void> {
    return this.#projects.open(uri, connectionId);
  }

  async checkProvider(uri: string, minimum: string | undefined): Promise<ProviderNotice | undefined> {
    return this.#projects.checkProvider(uri, minimum);
  }

  async addProvider(uri: string, minimum: string | undefined): Promise<void> {
    return this.#projects.addProvider(uri, minimum);
  }
}
