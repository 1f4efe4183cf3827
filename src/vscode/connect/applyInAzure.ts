import * as vscode from 'vscode';
import { viewIds } from '../../contributions.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { ApplyOutcome } from '../../trust/apply.ts';
import type { RunningChange } from '../../trust/journal.ts';
import { applyJournaled } from '../../trust/journaledApply.ts';
import { applyAccessJournaled, roleChangesOf } from '../../trust/journaledAccess.ts';
import { connectionOf } from '../../trust/connectionRequest.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import type { ConnectionOutcome, Effect } from '../../trust/connectState.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { identityCredentials } from '../credentials/identityCredentials.ts';
import { confirmShared } from '../targets/confirmShared.ts';
import type { TargetKind } from '../targets/targetKind.ts';
import { rememberIdentity } from '../project/recentIdentities.ts';
import { rememberScope } from '../rights/recentScopes.ts';
import { roleStore } from '../rights/roleStore.ts';
import type { Services } from '../services.ts';
import { isConnectFormOpen } from './connectTab.ts';

type ApplyEffect = Extract<Effect, { kind: 'apply' }>;

/** What the credentials' part of a run left. */
interface CredentialsRun {
  readonly apply: ApplyOutcome | undefined;
  readonly running: RunningChange;
  readonly stop: AbortSignal;
}

/** Writes what a session planned: the credentials, then the roles, then the connection. Goes on when the form is closed. */
export class ApplyInAzure {
  readonly #services: Services;
  readonly #targets: TargetKind;
  #stop: AbortController | undefined;

  constructor(services: Services, targets: TargetKind) {
    this.#services = services;
    this.#targets = targets;
  }

  /** Ends the run before its next write. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Runs the plan and answers with `applied`, `applyFailed` or `applyCancelled`. */
  async start(effect: ApplyEffect, session: ConnectSession): Promise<void> {
    const { identity } = session.state;
    if (identity.kind !== 'chosen' || this.#stop !== undefined) {
      return;
    }
    const stop = new AbortController();
    this.#stop = stop;
    try {
      if (effect.writeConnection && !(await confirmShared(this.#services, session.state))) {
        session.dispatch({ kind: 'applyCancelled' });
        return;
      }
      await vscode.window.withProgress({ location: { viewId: viewIds.identities }, title: vscode.l10n.t('Connecting {0}', identity.value.identity.name) }, () =>
        this.#run(effect, session, identity.value.identity, stop.signal),
      );
    } finally {
      this.#stop = undefined;
    }
  }

  async #run(effect: ApplyEffect, session: ConnectSession, ref: ManagedIdentity, stop: AbortSignal): Promise<void> {
    const { clock, log, identities, globalState } = this.#services;
    let apply: ApplyOutcome | undefined;
    let running: RunningChange | undefined;
    try {
      if (effect.rows.length + effect.access.length > 0) {
        ({ outcome: apply, running } = await this.#credentials(effect, session, ref, stop));
      }
    } catch (caught) {
      if (isCancel(caught)) {
        session.dispatch({ kind: 'applyCancelled' });
        return;
      }
      const error = toAirflowIdentityError(caught);
      log.failure('connect: apply', error);
      session.dispatch({ kind: 'applyFailed', error });
      return;
    }
    for (const progress of apply?.rows.values() ?? []) {
      if (progress.state === 'failed') {
        log.failure('connect: apply', progress.error);
      }
    }
    if (apply?.credentials !== undefined) {
      identities.updateCredentials(ref, apply.credentials);
    }
    if (running !== undefined) {
      await this.#access(effect, session, { apply, running, stop });
    }
    const connection = await this.#connection(effect, session, apply, stop);
    await rememberIdentity(globalState, ref.clientId, clock.now());
    session.dispatch({ kind: 'applied', apply, connection, at: clock.now() });
    if (effect.writeConnection) {
      running?.settled(effect.rows.length + effect.access.length, connection.kind === 'written' ? 'done' : 'refused');
    }
    await running?.end();
    log.info(`connect: ${connectViewOf(session.state).title}`);
  }

  #credentials(effect: ApplyEffect, session: ConnectSession, ref: ManagedIdentity, stop: AbortSignal): ReturnType<typeof applyJournaled> {
    const { clock, identityWrites, journal } = this.#services;
    const { target, connectionId } = session.state.connection;
    return identityWrites.run(ref, () =>
      applyJournaled(
        {
          ref,
          principalId: ref.principalId,
          rows: effect.rows,
          further: [
            ...roleChangesOf(effect.access, ref.principalId),
            ...(effect.writeConnection ? [{ kind: 'connection', uri: target, connectionId } as const] : []),
          ],
          store: identityCredentials(this.#services, ref),
          journal,
          surface: isConnectFormOpen() ? 'form' : 'other',
        },
        { clock, stop, report: (rowId, progress) => { session.dispatch({ kind: 'rowProgress', rowId, progress }); } },
      ),
    );
  }

  /** Roles come after the credentials: where none of these could be written, nobody could use them. */
  async #access({ rows, access }: ApplyEffect, session: ConnectSession, { apply, running, stop }: CredentialsRun): Promise<void> {
    const { identity } = session.state;
    if (identity.kind !== 'chosen' || access.length === 0) {
      return;
    }
    const { azure, clock, commands, globalState, log, roles } = this.#services;
    const { principalId } = identity.value.identity;
    const progresses = [...(apply?.rows.values() ?? [])];
    const isPointless = progresses.length > 0 && progresses.every(({ state }) => state === 'failed');
    await applyAccessJournaled(
      { rows: access, principalId, store: roleStore(azure(), commands), running, firstStep: rows.length },
      {
        clock,
        stop: isPointless ? AbortSignal.abort() : stop,
        report: (rowId, progress) => { session.dispatch({ kind: 'accessProgress', rowId, progress }); },
      },
    );
    for (const { id, scope } of access) {
      const progress = session.state.run?.access.get(id);
      if (progress?.state === 'failed') {
        log.failure('connect: give access', progress.error);
      } else if (progress?.state === 'done') {
        await rememberScope(globalState, scope);
      }
    }
    roles.changed(principalId);
  }

  async #connection(effect: ApplyEffect, session: ConnectSession, apply: ApplyOutcome | undefined, stop: AbortSignal): Promise<ConnectionOutcome> {
    const { connectionPlan: plan, connection: input } = session.state;
    const connection = connectionOf(session.state);
    if (!effect.writeConnection || connection === undefined) {
      return { kind: 'none' };
    }
    if (stop.aborted) {
      return { kind: 'skipped', why: stoppedBefore(input.connectionId) };
    }
    const rows = [...(apply?.rows.values() ?? [])];
    if (rows.length > 0 && rows.every((row) => row.state === 'failed')) {
      return { kind: 'skipped', why: vscode.l10n.t('Connection {0} was not written, because no credential could be written.', input.connectionId) };
    }
    const shown = plan?.kind === 'differs' ? plan.overwrite : plan;
    if (shown?.kind !== 'edit') {
      return { kind: 'none' };
    }
    try {
      const { line, updated } = await this.#targets.write(input.target, this.#services.language().airflowConnection(connection), shown, stop);
      return { kind: 'written', line, updated };
    } catch (caught) {
      if (isCancel(caught)) {
        return { kind: 'skipped', why: stoppedBefore(input.connectionId) };
      }
      const error = toAirflowIdentityError(caught);
      this.#services.log.failure('connect: write connection', error);
      return { kind: 'failed', error };
    }
  }
}

function stoppedBefore(connectionId: string): string {
  return vscode.l10n.t('Connection {0} was not written, because you stopped before it.', connectionId);
}
