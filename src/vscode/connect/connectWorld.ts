import * as vscode from 'vscode';
import type { IdentityConnection } from '../../connection/airflowConnection.ts';
import { minimumOf } from '../../connection/minimumProvider.ts';
import { parseSubject } from '../../deployment/workload.ts';
import { issuersOf } from '../../deployment/deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { IdentityRef, ManagedIdentity } from '../../identity/managedIdentity.ts';
import { chosenType } from '../../trust/connectConnection.ts';
import type { ConnectSession } from '../../trust/connectSession.ts';
import { connectionOf } from '../../trust/connectionRequest.ts';
import type { Effect } from '../../trust/connectState.ts';
import type { EditPlan } from '../../project/textEdit.ts';
import { copyText } from '../copyText.ts';
import type { TargetKind } from '../targets/targetKind.ts';
import { namesOf } from '../identities/identityNames.ts';
import { checkAccess, missingOn } from '../rights/accessCheck.ts';
import type { Access } from '../rights/giveAccess.ts';
import type { Services } from '../services.ts';
import { detailsText } from '../errorPresenter.ts';
import { pickResource } from './pickResource.ts';
import { ApplyInAzure } from './applyInAzure.ts';

/** How the flow asks for what only a dialog can give; the form and the keyboard flow ask differently. */
export interface ConnectDialogs {
  chooseDeployment(session: ConnectSession): Promise<Deployment | undefined>;
  enterDeployment(): Promise<Deployment | undefined>;
  chooseIdentity(session: ConnectSession): Promise<IdentityRef | undefined>;
  chooseAccess(identity: ManagedIdentity): Promise<Access | undefined>;
}

/** Runs the effects of one session: reads, asks, writes, and answers with events. The latest request of a kind wins. */
export class ConnectWorld {
  readonly #services: Services;
  readonly #targets: TargetKind;
  /** The release that was asked about last. */
  readonly #minimums = new WeakMap<ConnectSession, string>();
  readonly #dialogs: ConnectDialogs;
  readonly #apply: ApplyInAzure;
  readonly #running = new Map<Effect['kind'], AbortController>();

  constructor(services: Services, targets: TargetKind, dialogs: ConnectDialogs) {
    this.#services = services;
    this.#targets = targets;
    this.#dialogs = dialogs;
    this.#apply = new ApplyInAzure(services, targets);
  }

  /** Starts an effect. Never throws: failures become events, or a message where no event says them. */
  run(effect: Effect, session: ConnectSession): void {
    void this.#services.commands.run(`connect: ${effect.kind}`, () => this.#perform(effect, session));
  }

  /** Ends reads in flight. Writing goes on, because its outcome must be known. */
  dispose(): void {
    for (const controller of this.#running.values()) {
      controller.abort();
    }
    this.#running.clear();
  }

  async #perform(effect: Effect, session: ConnectSession): Promise<void> {
    switch (effect.kind) {
      case 'chooseDeployment':
        return this.#deploymentChosen(await this.#dialogs.chooseDeployment(session), session);
      case 'enterDeployment':
        return this.#deploymentChosen(await this.#dialogs.enterDeployment(), session);
      case 'readDeployment':
        return this.#latest(effect, (signal) => this.#readDeployment(effect.deployment, session, signal));
      case 'chooseIdentity': {
        const ref = await this.#dialogs.chooseIdentity(session);
        if (ref !== undefined) {
          session.dispatch({ kind: 'identityLoading', ref });
          this.run({ kind: 'readIdentity', ref }, session);
        }
        return;
      }
      case 'readIdentity':
        return this.#latest(effect, (signal) => this.#readIdentity(effect.ref, session, signal));
      case 'checkRights': {
        const { identity } = effect;
        return this.#latest(effect, async (signal) => {
          session.dispatch({ kind: 'rightsChecked', identityId: identity.id, missing: await missingOn(this.#services, 'writeCredential', identity, identity.id, signal) });
        });
      }
      case 'chooseAccess': {
        const access = await this.#dialogs.chooseAccess(effect.identity);
        if (access !== undefined) {
          session.dispatch({ kind: 'accessChosen', ...access });
        }
        return;
      }
      case 'checkAccess':
        session.dispatch({ kind: 'accessChecked', rowId: effect.row.id, principalId: effect.identity.principalId, check: await checkAccess(this.#services, effect.row, effect.identity) });
        return;
      case 'checkIssuer':
        return this.#latest(effect, (signal) => this.#checkIssuer(effect.issuer, session, signal));
      case 'listIssuers':
        return this.#latest(effect, (signal) => this.#listIssuers(session, signal));
      case 'nameServiceAccount':
        return this.#nameServiceAccount(session);
      case 'chooseResource': {
        const { source } = effect;
        const answer = await pickResource(this.#services, effect.identity, source, { title: vscode.l10n.t('Fill in the connection') });
        if (answer.kind === 'picked' && typeof answer.value !== 'string') {
          session.dispatch({ kind: 'resourceChosen', source, resource: answer.value });
        }
        return;
      }
      case 'findTargets':
        return this.#latest(effect, async (signal) => {
          const { deployment } = session.state;
          const targets = await this.#targets.find(deployment.kind === 'chosen' ? deployment.value : undefined, signal);
          session.dispatch({ kind: 'targetsFound', targets });
        });
      case 'planConnection':
        return this.#latest(effect, (signal) => this.#planConnection(session, signal));
      case 'checkProvider':
        return this.#latest(effect, (signal) => this.#checkProvider(session, signal));
      case 'addProvider':
        return this.#addProvider(session);
      case 'apply':
        return this.#apply.start(effect, session);
      case 'stop':
        this.#apply.stop();
        return;
      case 'copyText':
        return copyText(effect.text);
      case 'copyError':
        return copyText(detailsText(effect.error, this.#services.clock.now(), this.#services.versions));
      case 'openConnection':
        return this.#targets.open(session.state.connection.target, session.state.connection.connectionId);
      case 'showIdentity':
        return this.#services.commands.execute('airflowIdentity.openIdentity', { identity: effect.identity });
      case 'signInAgain':
        return this.#signInAgain(session);
      case 'showLog':
        this.#services.log.show();
    }
  }

  async #latest(effect: Effect, action: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running.get(effect.kind)?.abort();
    const controller = new AbortController();
    this.#running.set(effect.kind, controller);
    try {
      await action(controller.signal);
    } finally {
      if (this.#running.get(effect.kind) === controller) {
        this.#running.delete(effect.kind);
      }
    }
  }

  #deploymentChosen(deployment: Deployment | undefined, session: ConnectSession): void {
    if (deployment !== undefined) {
      session.dispatch({ kind: 'deploymentChosen', deployment });
    }
  }

  /** All deployments of all sources; a failure leaves the question open, since a guess could cost somebody their access. */
  async #listIssuers(session: ConnectSession, signal: AbortSignal): Promise<void> {
    try {
      const { deployments, failures } = await this.#services.deployments.listAll(signal);
      failures.forEach((failure) => { this.#services.log.failure('connect', failure); });
      if (failures.length === 0) {
        session.dispatch({ kind: 'issuersKnown', issuers: deployments.flatMap(issuersOf) });
      }
    } catch (error) {
      this.#answer(error, () => undefined);
    }
  }

  async #readDeployment(shown: Deployment, session: ConnectSession, signal: AbortSignal): Promise<void> {
    try {
      const source = this.#services.deployments.source(shown.sourceId);
      const deployment = await source.deployment(shown.workspace, shown.id, signal);
      if (deployment === undefined) {
        throw new AirflowIdentityError('notFound', vscode.l10n.t('Deployment {0} is gone.', shown.name), {
          fix: vscode.l10n.t('Choose another deployment.'),
        });
      }
      this.#deploymentChosen(deployment, session);
    } catch (error) {
      this.#answer(error, (failure) => session.dispatch({ kind: 'deploymentFailed', deployment: shown, error: failure }));
    }
  }

  async #readIdentity(ref: IdentityRef, session: ConnectSession, signal: AbortSignal): Promise<void> {
    try {
      const azure = this.#services.azure();
      const [identity, credentials] = await Promise.all([azure.identity(ref, signal), azure.credentials(ref, signal)]);
      this.#services.identities.updateCredentials(ref, credentials);
      session.dispatch({ kind: 'identityRead', chosen: { ...namesOf(this.#services.identities, ref), identity, credentials } });
    } catch (error) {
      this.#answer(error, (failure) => session.dispatch({ kind: 'identityFailed', ref, error: failure }));
    }
  }

  async #checkIssuer(issuer: string, session: ConnectSession, signal: AbortSignal): Promise<void> {
    try {
      const found = await this.#services.azure().discoveredIssuer(issuer, signal);
      session.dispatch({ kind: 'issuerChecked', issuer, check: found === issuer ? { kind: 'same' } : { kind: 'differs', found } });
    } catch (error) {
      this.#answer(error, (failure) => session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'failed', error: failure } }));
    }
  }

  async #nameServiceAccount(session: ConnectSession): Promise<void> {
    const { deployment } = session.state;
    const namespace = deployment.kind === 'chosen' ? deployment.value.namespace : '';
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Add service account'),
      prompt: vscode.l10n.t('Kubernetes service account in {0} whose pods need Azure', namespace),
      placeHolder: 'dbt-runner',
      ignoreFocusOut: true,
      validateInput: (value) =>
        serviceAccountOf(value) === undefined ? vscode.l10n.t('Use lower-case letters, digits, - and ., as Kubernetes does, for example dbt-runner.') : undefined,
    });
    const serviceAccount = serviceAccountOf(answer ?? '');
    if (answer !== undefined && serviceAccount !== undefined) {
      session.dispatch({ kind: 'serviceAccountNamed', serviceAccount });
    }
  }

  async #planConnection(session: ConnectSession, signal: AbortSignal): Promise<void> {
    const connection = connectionOf(session.state);
    const { target } = session.state.connection;
    if (connection === undefined || target === '') {
      return;
    }
    const plan = await this.#plan(target, connection).catch((error: unknown) => refusal(toAirflowIdentityError(error)));
    if (!signal.aborted) {
      session.dispatch({ kind: 'connectionPlanned', plan });
      // Another type, or one more field, may need another release.
      const minimum = neededProvider(session);
      if (minimum !== undefined && minimum !== this.#minimums.get(session)) {
        this.#minimums.set(session, minimum);
        await this.#checkProvider(session, signal);
      }
    }
  }

  async #plan(target: string, wanted: IdentityConnection): Promise<EditPlan> {
    return this.#targets.plan(target, this.#services.language().airflowConnection(wanted));
  }

  async #addProvider(session: ConnectSession): Promise<void> {
    try {
      await this.#targets.addProvider(session.state.connection.target, neededProvider(session));
    } finally {
      // Also after a failure: the keyboard flow waits for what is true now, and not for a check that began before the edit.
      await this.#latest({ kind: 'checkProvider' }, (signal) => this.#checkProvider(session, signal)).finally(() => session.dispatch({ kind: 'providerAdded' }));
    }
  }

  async #checkProvider(session: ConnectSession, signal: AbortSignal): Promise<void> {
    const notice = await this.#targets.checkProvider(session.state.connection.target, neededProvider(session));
    if (!signal.aborted) {
      session.dispatch({ kind: 'providerChecked', notice });
    }
  }

  /** What the missing session stopped goes on by itself: reading, and applying where the user had started it. */
  async #signInAgain(session: ConnectSession): Promise<void> {
    if (session.state.deployment.kind === 'failed') {
      await this.#services.commands.execute('airflowIdentity.setAstroToken');
      session.dispatch({ kind: 'reload' });
      return;
    }
    const interrupted = session.state.applyError !== undefined;
    await this.#services.signIn.signInAgain(session.state.applyError?.details.challenge);
    session.dispatch(interrupted ? { kind: 'apply' } : { kind: 'reload' });
  }

  #answer(caught: unknown, dispatch: (error: AirflowIdentityError) => void): void {
    if (!isCancel(caught)) {
      const error = toAirflowIdentityError(caught);
      this.#services.log.failure('connect', error);
      dispatch(error);
    }
  }
}

/** The release of the provider that reads the identity of what is being filled in. */
function neededProvider({ state }: ConnectSession): string | undefined {
  const type = chosenType(state);
  return type === undefined ? undefined : minimumOf(type, ({ id }) => (state.connection.values[id] ?? '') !== '');
}

function refusal(error: AirflowIdentityError): EditPlan {
  return { kind: 'refused', code: error.code, message: error.message, fix: error.fix ?? '', line: undefined };
}

/** A service account's name, also out of a whole subject. Kubernetes: DNS subdomain name, RFC 1123. */
function serviceAccountOf(text: string): string | undefined {
  const name = parseSubject(text.trim())?.serviceAccount ?? text.trim();
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name) ? name : undefined;
}
