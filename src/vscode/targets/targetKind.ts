import type * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import type { ProviderNotice, TargetChoice } from '../../trust/connectState.ts';

/** What stands in a place now. */
export interface WrittenConnection {
  /** Counted from 1; `undefined` where the place is no file. */
  readonly line: number | undefined;
  /** True when a connection of the same id was changed. */
  readonly updated: boolean;
}

/** A kind of place that connections are written to, with all that the flow needs of it. Every `uri` is a `TargetChoice.uri` of its own. */
export interface TargetKind {
  /** True for the places of this kind. */
  readonly owns: (uri: string) => boolean;
  /** Fired when there may be other places, or other things in them. */
  readonly onDidChange: vscode.Event<unknown>;
  /** The places for a deployment, or while none is chosen. @throws the signal's reason when it is aborted. */
  find(deployment: Deployment | undefined, signal: AbortSignal): Promise<readonly TargetChoice[]>;
  /**
   * All places, whatever the deployment, as they are found; each array holds those before it as well.
   * @param trusts credentials of the identity that the connection is for
   * @throws AirflowIdentityError; AbortError.
   */
  findAll(trusts: readonly FederatedCredential[], signal: AbortSignal): AsyncIterable<readonly TargetChoice[]>;
  /** What it takes to have the connection there. Writes nothing. @throws AirflowIdentityError what keeps the place from being read. */
  plan(uri: string, connection: AirflowConnection): Promise<EditPlan>;
  /**
   * Writes the connection as it was shown.
   * @param stop aborted when the user stops: nothing is begun then
   * @throws AirflowIdentityError `fileChanged` when that would no longer be what was shown; nothing is written then.
   */
  write(uri: string, connection: AirflowConnection, shown: PlannedEdit, stop: AbortSignal): Promise<WrittenConnection>;
  /** Shows the connection where it stands. */
  open(uri: string, connectionId: string): Promise<void>;
  /**
   * What the place lacks for the connection to work; `undefined` when nothing.
   * @param minimum the first release of the provider that reads the connection's identity
   */
  checkProvider(uri: string, minimum: string | undefined): Promise<ProviderNotice | undefined>;
  /** Adds what `checkProvider` says. */
  addProvider(uri: string, minimum: string | undefined): Promise<void>;
}
