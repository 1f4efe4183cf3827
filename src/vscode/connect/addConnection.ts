import * as vscode from 'vscode';
import type { IdentityConnection } from '../../connection/airflowConnection.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import type { PlannedEdit } from '../../project/textEdit.ts';
import { neededAccess } from '../../trust/connectConnection.ts';
import { chosenTarget } from '../../trust/connectTarget.ts';
import { connectionOf } from '../../trust/connectionRequest.ts';
import { settled } from '../../trust/connectSession.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { connectViewOf } from '../../trust/view/connectViewOf.ts';
import { GiveAccess } from '../rights/giveAccess.ts';
import { confirmShared } from '../targets/confirmShared.ts';
import type { TargetKind } from '../targets/targetKind.ts';
import type { Services } from '../services.ts';
import { stoppable } from '../stoppable.ts';
import { askConnection } from './askConnection.ts';
import { previewItems, sentenceItems } from './previewItems.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, Turn } from './stepPick.ts';

const totalSteps = 3;

/** What `AddConnection` needs. */
interface AddConnectionPorts {
  readonly services: Services;
  readonly targets: TargetKind;
  readonly pickIdentity: (session: ConnectSession) => Promise<StepAnswer<IdentityRef>>;
}

/**
 * An Airflow connection for an identity, without touching Azure: the connection's part of the connect flow alone, on the same
 * state, for deployments that are trusted already.
 */
export class AddConnection {
  readonly #ports: AddConnectionPorts;
  readonly #session: ConnectSession;

  constructor(ports: AddConnectionPorts, session: ConnectSession) {
    this.#ports = ports;
    this.#session = session;
  }

  /** Runs to the end or until the user leaves; nothing is written before the edit was shown. */
  async run(identity: IdentityRef | undefined): Promise<void> {
    const steps: readonly (() => Promise<Turn>)[] = [
      () => this.#identity(),
      () => askConnection(this.#ports.services, this.#session, {
        title: vscode.l10n.t('Add Airflow connection'), place: { step: 2, totalSteps }, back: identity === undefined, mayLeaveOut: false,
        find: (signal) => this.#ports.targets.findAll(this.#trusts(), signal),
      }),
      () => this.#review(),
    ];
    if (identity !== undefined) {
      await this.#read(identity);
    }
    const first = identity === undefined ? 0 : 1;
    for (let index = first; index >= 0 && index < steps.length; ) {
      const turn = await steps[index]?.();
      if (turn === undefined || turn === 'cancelled') {
        return;
      }
      index = turn === 'next' ? index + 1 : Math.max(first, index - 1);
    }
  }

  async #identity(): Promise<Turn> {
    const answer = await this.#ports.pickIdentity(this.#session);
    if (answer.kind === 'picked') {
      await this.#read(answer.value);
      return 'next';
    }
    return answer.kind;
  }

  async #read(ref: IdentityRef): Promise<void> {
    this.#session.dispatch({ kind: 'identityLoading', ref });
    this.#session.dispatch({ kind: 'reload' });
    const { identity } = await settled(this.#session, (state) => state.identity.kind !== 'loading');
    if (identity.kind === 'failed') {
      throw identity.error;
    }
  }

  /** The edit, line by line, before it is made. */
  async #review(): Promise<Turn> {
    const { connectionPlan: plan, connection } = await settled(this.#session, (state) => !state.planning);
    const wanted = connectionOf(this.#session.state);
    const shown = plan?.kind === 'differs' && connection.overwrite ? plan.overwrite : plan;
    if (wanted === undefined || shown?.kind !== 'edit') {
      if (plan?.kind === 'unchanged') {
        await this.#ports.targets.open(connection.target, connection.connectionId);
        void this.#ports.services.messages.info(vscode.l10n.t('{0} stands there already, exactly so.', connection.connectionId));
      }
      return 'cancelled';
    }
    const isShared = chosenTarget(this.#session.state)?.shared !== undefined;
    const { form } = connectViewOf(this.#session.state).connection;
    const answer = await pickStep<'write'>({
      title: vscode.l10n.t('Write connection {0}', connection.connectionId),
      placeholder: vscode.l10n.t('Nothing is written before you choose.'),
      place: { step: 3, totalSteps },
      back: true,
      load: async (show) => {
        show([
          { label: `$(check) ${vscode.l10n.t('Write connection')}`, detail: isShared ? vscode.l10n.t('You are asked once more, since others get it too') : vscode.l10n.t('One step, which Undo takes back'), value: 'write' },
          ...(form?.notices ?? []).flatMap(({ text }) => sentenceItems(text)),
          { label: form?.preview?.title ?? '', kind: vscode.QuickPickItemKind.Separator },
          ...previewItems(form?.preview?.lines ?? []),
        ]);
      },
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    if (!(await confirmShared(this.#ports.services, this.#session.state))) {
      return this.#review();
    }
    await this.#write(wanted, shown);
    if (isShared) {
      this.#tell();
    }
    this.#offerAccess();
    return 'next';
  }

  /** A file is shown with the cursor on the connection; of what stands elsewhere a message tells. */
  #tell(): void {
    const { services, targets } = this.#ports;
    const { target, connectionId } = this.#session.state.connection;
    const open = vscode.l10n.t('Open Connection');
    void services.commands.run('add connection: open', async () => {
      if ((await services.messages.info(vscode.l10n.t('{0} stands in {1} now.', connectionId, chosenTarget(this.#session.state)?.label ?? ''), open)) === open) {
        await targets.open(target, connectionId);
      }
    });
  }

  #trusts(): readonly FederatedCredential[] {
    const { identity } = this.#session.state;
    return identity.kind === 'chosen' ? identity.value.credentials : [];
  }

  /** Cancelled, nothing is begun; what is being written is awaited. */
  async #write(wanted: IdentityConnection, shown: PlannedEdit): Promise<void> {
    const { services, targets } = this.#ports;
    const { target, connectionId } = this.#session.state.connection;
    await stoppable(vscode.l10n.t('Writing connection {0}', connectionId), (stop) => targets.write(target, services.language().airflowConnection(wanted), shown, stop));
  }

  /** The role that tasks need on what was chosen: a change in Azure, so made only after a question of its own. */
  #offerAccess(): void {
    const { identity, connection } = this.#session.state;
    const needed = neededAccess(this.#session.state);
    if (needed === undefined || identity.kind !== 'chosen') {
      return;
    }
    const { services } = this.#ports;
    void services.commands.run('add connection: give access', async () => {
      const give = vscode.l10n.t('Give Access…');
      const text = vscode.l10n.t('{0} was written. Tasks need the role {1} on {2}.', connection.connectionId, needed.role.name, needed.scope.name);
      if ((await services.messages.info(text, give)) === give) {
        await new GiveAccess(services, identity.value.identity).give(needed);
      }
    });
  }
}
