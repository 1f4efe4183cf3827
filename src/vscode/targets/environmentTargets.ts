import * as vscode from 'vscode';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { EnvironmentConnection } from '../../connection/environmentPort.ts';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import { issuersOf } from '../../deployment/deployment.ts';
import { AirflowIdentityError } from '../../errors.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { EnvironmentWish } from '../../project/environmentManager/planEnvironment.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import type { TargetChoice } from '../../trust/connectState.ts';
import { environmentChoices, environmentTargetOf, linkedChoice, workspaceChoice } from '../../trust/environmentTarget.ts';
import type { EnvironmentTarget } from '../../trust/environmentTarget.ts';
import { environmentConnection } from '../../trust/environmentWrite.ts';
import { connectionDocument } from '../connections/comparePlaces.ts';
import { writeAsShown } from '../connections/environmentChange.ts';
import type { SourceKind } from '../deployments/sources/sourceKind.ts';
import type { Services } from '../services.ts';
import type { TargetKind, WrittenConnection } from './targetKind.ts';

/** How long what was read is planned on; writing reads anew. Each letter of a connection's id makes a new plan. */
const freshMs = 15_000;

/** What stands in a workspace, and what its deployments are called. */
interface Reading {
  readonly at: number;
  readonly connections: Promise<readonly EnvironmentConnection[]>;
  readonly names: Promise<ReadonlyMap<string, string>>;
}

/** Workspaces of Astro's Environment Manager. */
export class EnvironmentTargets implements TargetKind, vscode.Disposable {
  readonly #services: Services;
  readonly #astro: SourceKind;
  readonly #readings = new Map<string, Reading>();
  readonly #subscription: vscode.Disposable;
  readonly #written = new vscode.EventEmitter<void>();
  readonly onDidChange: vscode.Event<void>;
  /** Fired after a connection was written, or may have been. */
  readonly onDidWrite: vscode.Event<void>;

  constructor(services: Services, astro: SourceKind) {
    this.#services = services;
    this.#astro = astro;
    this.onDidChange = astro.onDidChange;
    this.onDidWrite = this.#written.event;
    this.#subscription = astro.onDidChange(() => { this.#readings.clear(); });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#written.dispose();
  }

  readonly owns = (uri: string): boolean => environmentTargetOf(uri) !== undefined;

  async find(deployment: Deployment | undefined): Promise<readonly TargetChoice[]> {
    return deployment === undefined ? [] : environmentChoices(deployment);
  }

  async *findAll(trusts: readonly FederatedCredential[], signal: AbortSignal): AsyncGenerator<readonly TargetChoice[]> {
    if (!(await this.#astro.isReady(signal))) {
      return;
    }
    const found: Workspace[] = [];
    for await (const page of this.#astro.source.workspaces(signal)) {
      found.push(...page);
      yield found.flatMap((workspace) => this.#choices(workspace, trusts));
    }
  }

  async plan(uri: string, connection: AirflowConnection): Promise<EditPlan> {
    const target = targetOf(uri);
    const reading = this.#reading(target);
    const [connections, names] = await Promise.all([reading.connections, reading.names]);
    const standing = connections.find((one) => one.connection.connectionId === connection.connectionId);
    return this.#services.language().planEnvironment(standing, wishOf(target, connection, names));
  }

  async write(uri: string, connection: AirflowConnection, shown: PlannedEdit, stop: AbortSignal): Promise<WrittenConnection> {
    const target = targetOf(uri);
    const { names } = this.#reading(target);
    this.#forget(target);
    const wish = wishOf(target, connection, await names);
    try {
      await writeAsShown(this.#services, wish, shown, stop);
    } finally {
      this.#written.fire();
    }
    return { line: undefined, updated: shown.action === 'update' };
  }

  async open(uri: string, connectionId: string): Promise<void> {
    const { place } = targetOf(uri);
    const standing = await environmentConnection(this.#services.environment(), place, connectionId, new AbortController().signal);
    if (standing === undefined) {
      throw new AirflowIdentityError('notFound', vscode.l10n.t('{0} does not stand in the Environment Manager any more.', connectionId));
    }
    const document = await vscode.workspace.openTextDocument(connectionDocument(standing.connection, vscode.l10n.t('Environment Manager')));
    await vscode.window.showTextDocument(document);
  }

  /** What the image of a deployment holds is not known here. */
  async checkProvider(): Promise<undefined> {
    return undefined;
  }

  async addProvider(): Promise<void> {
    return undefined;
  }

  /** For the deployments that the identity trusts, where they were listed, and for the whole workspace. */
  #choices(workspace: Workspace, trusts: readonly FederatedCredential[]): readonly TargetChoice[] {
    const trusted = (this.#services.deployments.known ?? []).filter((deployment) =>
      deployment.sourceId === this.#astro.source.id && deployment.workspace.id === workspace.id
        && trusts.some(({ issuer, subject }) => issuersOf(deployment).includes(issuer) && subject?.startsWith(`system:serviceaccount:${deployment.namespace}:`) === true));
    return [...(trusted.length === 0 ? [] : [linkedChoice(workspace, trusted)]), workspaceChoice(workspace)];
  }

  #reading(target: EnvironmentTarget): Reading {
    const key = keyOf(target);
    const now = this.#services.clock.now();
    const kept = this.#readings.get(key);
    if (kept !== undefined && now - kept.at < freshMs) {
      return kept;
    }
    const { signal } = new AbortController();
    const reading: Reading = {
      at: now,
      connections: Array.fromAsync(this.#services.environment().environmentConnections(target.place, signal)).then((pages) => pages.flat()),
      names: this.#names(target, signal),
    };
    // A refusal is not kept: the next plan asks again.
    reading.connections.catch(() => { this.#forget(target); });
    this.#readings.set(key, reading);
    return reading;
  }

  #forget(target: EnvironmentTarget): void {
    this.#readings.delete(keyOf(target));
  }

  /** Without them a deployment is called by its id: whoever may write connections need not see every deployment. */
  async #names({ place: { organizationId, scopeId } }: EnvironmentTarget, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const known = this.#services.deployments.known?.filter(({ workspace }) => workspace.id === scopeId) ?? [];
    try {
      const workspace: Workspace = { sourceId: this.#astro.source.id, id: scopeId, name: '', organizationId, organizationName: '' };
      const listed = known.length > 0 ? known : (await Array.fromAsync(this.#astro.source.deployments(workspace, signal))).flat();
      return new Map(listed.map(({ id, name }) => [id, name]));
    } catch {
      return new Map();
    }
  }
}

function wishOf(target: EnvironmentTarget, connection: AirflowConnection, names: ReadonlyMap<string, string>): EnvironmentWish {
  return { ...target, connection, nameOf: (id) => names.get(id) ?? id };
}

function keyOf({ place: { organizationId, scopeId } }: EnvironmentTarget): string {
  return `${organizationId}/${scopeId}`;
}

function targetOf(uri: string): EnvironmentTarget {
  const target = environmentTargetOf(uri);
  if (target === undefined) {
    throw new AirflowIdentityError('invalidInput', vscode.l10n.t('{0} cannot hold connections.', uri));
  }
  return target;
}
