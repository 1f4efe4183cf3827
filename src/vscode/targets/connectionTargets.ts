import * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import type { ProviderNotice, TargetChoice } from '../../trust/connectState.ts';
import type { TargetKind, WrittenConnection } from './targetKind.ts';

/** All places that connections are written to. A question about a place goes to the first kind that owns it; files come last, since they own the rest. */
export class ConnectionTargets implements TargetKind {
  readonly #kinds: readonly TargetKind[];
  readonly onDidChange: vscode.Event<unknown>;

  constructor(kinds: readonly TargetKind[]) {
    this.#kinds = kinds;
    this.onDidChange = (listener, context, disposables) => {
      const all = vscode.Disposable.from(...kinds.map((kind) => kind.onDidChange(listener, context)));
      disposables?.push(all);
      return all;
    };
  }

  readonly owns = (uri: string): boolean => this.#kinds.some((kind) => kind.owns(uri));

  /** The files first: they are the user's own. */
  async find(deployment: Deployment | undefined, signal: AbortSignal): Promise<readonly TargetChoice[]> {
    const found = await Promise.all(this.#kinds.toReversed().map((kind) => kind.find(deployment, signal)));
    return found.flat();
  }

  async *findAll(trusts: readonly FederatedCredential[], signal: AbortSignal): AsyncGenerator<readonly TargetChoice[]> {
    let before: readonly TargetChoice[] = [];
    for (const kind of this.#kinds.toReversed()) {
      let found: readonly TargetChoice[] = [];
      for await (found of kind.findAll(trusts, signal)) {
        yield [...before, ...found];
      }
      before = [...before, ...found];
    }
  }

  async plan(uri: string, connection: AirflowConnection): Promise<EditPlan> {
    return this.#kindOf(uri).plan(uri, connection);
  }

  async write(uri: string, connection: AirflowConnection, shown: PlannedEdit, stop: AbortSignal): Promise<WrittenConnection> {
    return this.#kindOf(uri).write(uri, connection, shown, stop);
  }

  async open(uri: string, connectionId: string): Promise<void> {
    return this.#kindOf(uri).open(uri, connectionId);
  }

  async checkProvider(uri: string, minimum: string | undefined): Promise<ProviderNotice | undefined> {
    return this.#kindOf(uri).checkProvider(uri, minimum);
  }

  async addProvider(uri: string, minimum: string | undefined): Promise<void> {
    return this.#kindOf(uri).addProvider(uri, minimum);
  }

  #kindOf(uri: string): TargetKind {
    const kind = this.#kinds.find(({ owns }) => owns(uri));
    if (kind === undefined) {
      throw new AirflowIdentityError('invalidInput', vscode.l10n.t('{0} cannot hold connections.', uri));
    }
    return kind;
  }
}
