import * as vscode from 'vscode';
import type { Deployment, Workspace } from '../../deployment/deployment.ts';
import type { DeploymentSource } from '../../deployment/deploymentPort.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import type { Services } from '../services.ts';
import { pickStep } from './stepPick.ts';
import type { StepAnswer, StepItem, StepPlace } from './stepPick.ts';

/** A deployment, or the wish to add one. */
export type DeploymentAnswer = Deployment | 'byHand';

/** Asks for a deployment; what was listed before is there at once, those of all sources follow as they are listed, and a source that fails says so in its place. */
export async function pickDeployment(
  services: Pick<Services, 'deployments' | 'log' | 'commands'>,
  options: {
    readonly title?: string;
    readonly placeholder?: string;
    readonly place?: StepPlace | undefined;
    readonly chosen?: Deployment | undefined;
    /** Whether entering one by hand is offered; it is unless this is false. */
    readonly byHand?: boolean;
  } = {},
): Promise<StepAnswer<DeploymentAnswer>> {
  return pickStep<DeploymentAnswer>({
    title: options.title ?? vscode.l10n.t('Connect deployment to Azure: deployment'),
    placeholder: options.placeholder ?? vscode.l10n.t('Which Airflow deployment needs Azure?'),
    place: options.place,
    active: (item) => typeof item.value === 'object' && item.value.id === options.chosen?.id,
    load: async (show, signal) => {
      const listing = new DeploymentListing(services, show, options.byHand ?? true);
      await Promise.all(services.deployments.all.map((source) => listing.add(source, signal)));
      listing.end();
    },
  });
}

class DeploymentListing {
  readonly #services: Pick<Services, 'log' | 'commands'>;
  readonly #show: (items: readonly StepItem<DeploymentAnswer>[]) => void;
  readonly #byHand: boolean;
  readonly #found: StepItem<DeploymentAnswer>[] = [];
  /** Shown until they are listed anew. */
  #known: readonly Deployment[];
  readonly #failed: StepItem<DeploymentAnswer>[] = [];

  constructor(services: Pick<Services, 'deployments' | 'log' | 'commands'>, show: (items: readonly StepItem<DeploymentAnswer>[]) => void, byHand: boolean) {
    this.#services = services;
    this.#show = show;
    this.#byHand = byHand;
    this.#known = services.deployments.known ?? [];
    this.#refresh();
  }

  async add(source: DeploymentSource, signal: AbortSignal): Promise<void> {
    await this.#guard(source.id, async () => {
      for await (const workspaces of source.workspaces(signal)) {
        await Promise.all(workspaces.map((workspace) => this.#guard(workspace.name, () => this.#addWorkspace(source, workspace, signal))));
      }
    });
  }

  /** What was not found again is gone, but for what could not be listed. */
  end(): void {
    if (this.#failed.length === 0) {
      this.#known = [];
      this.#refresh();
    }
  }

  async #addWorkspace(source: DeploymentSource, workspace: Workspace, signal: AbortSignal): Promise<void> {
    for await (const deployments of source.deployments(workspace, signal)) {
      this.#found.push(...deployments.map(deploymentItem));
      this.#known = this.#known.filter((one) => !deployments.some(({ sourceId, id }) => one.sourceId === sourceId && one.id === id));
      this.#refresh();
    }
  }

  async #guard(name: string, list: () => Promise<void>): Promise<void> {
    try {
      await list();
    } catch (caught) {
      if (isCancel(caught)) {
        return;
      }
      const error = toAirflowIdentityError(caught);
      this.#services.log.failure(`listing deployments of ${name}`, error);
      const astro = error.code === 'signedOut' && error.details.host === 'api.astronomer.io';
      const command = astro ? 'airflowIdentity.setAstroToken' : error.code === 'signedOut' ? 'airflowIdentity.signIn' : 'airflowIdentity.showLog';
      this.#failed.push({
        label: astro ? `$(key) ${vscode.l10n.t('Set Astro API token…')}` : `$(error) ${vscode.l10n.t('Could not list {0}', name)}`,
        detail: error.fix === undefined ? error.message : `${error.message} ${error.fix}`,
        alwaysShow: true,
        run: () => this.#services.commands.execute(command),
      });
      this.#refresh();
    }
  }

  #refresh(): void {
    this.#show([
      ...[...this.#found, ...this.#known.map(deploymentItem)].sort((a, b) => a.label.localeCompare(b.label)),
      ...this.#failed,
      ...(this.#byHand ? [byHandItem()] : []),
    ]);
  }
}

function byHandItem(): StepItem<DeploymentAnswer> {
  return {
    label: `$(add) ${vscode.l10n.t('Add a deployment…')}`,
    description: vscode.l10n.t('in AKS, in another cluster, pasted, or by hand'),
    alwaysShow: true,
    value: 'byHand',
  };
}

function deploymentItem(deployment: Deployment): StepItem<DeploymentAnswer> {
  const facts = [deployment.workspace.name, deployment.runtimeVersion, deployment.region, deployment.cloudProvider];
  return {
    label: deployment.name,
    description: deployment.namespace,
    detail: facts.filter((fact) => fact !== undefined && fact !== '').join(' · '),
    iconPath: new vscode.ThemeIcon(deployment.issuer === undefined ? 'watch' : 'server-process'),
    value: deployment,
  };
}
