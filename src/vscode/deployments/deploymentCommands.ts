import * as vscode from 'vscode';
import type { Astro } from '../../azure/azureBundle.ts';
import type { DeploymentTarget } from '../../contributions.ts';
import { viewIds } from '../../contributions.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { isCancel, toAirflowIdentityError } from '../../errors.ts';
import { pickStep } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import { askText } from '../inputStep.ts';
import type { Commands } from '../commands.ts';
import type { Messages } from '../messages.ts';
import type { Contribution } from '../services.ts';
import type { AstroTokens } from './sources/astronomer/astroTokens.ts';
import type { DeploymentsView } from './deploymentsView.ts';
import { askDeploymentFilter } from './filter/askDeploymentFilter.ts';
import type { DeploymentEntry, SourceKind } from './sources/sourceKind.ts';
import { repairTarget } from './trust/repairTrust.ts';

/** What the commands need. */
export interface DeploymentCommandsPorts {
  readonly view: DeploymentsView;
  readonly astro: () => Astro;
  readonly astroTokens: AstroTokens;
  readonly sources: readonly SourceKind[];
  readonly commands: Commands;
  readonly messages: Messages;
}

/** Commands of the Deployments view: the Astro token, and deployments entered by hand. */
export class DeploymentCommands implements Contribution {
  readonly #ports: DeploymentCommandsPorts;

  constructor(ports: DeploymentCommandsPorts) {
    this.#ports = ports;
  }

  register(context: vscode.ExtensionContext): void {
    const { commands, view } = this.#ports;
    context.subscriptions.push(
      commands.register('airflowIdentity.refreshDeployments', () => { view.refresh(); }),
      commands.register('airflowIdentity.setAstroToken', () => this.setAstroToken()),
      commands.register('airflowIdentity.removeAstroToken', () => this.#removeAstroToken()),
      commands.register('airflowIdentity.addDeployment', () => this.addDeployment()),
      commands.register('airflowIdentity.editDeployment', async (target) => {
        await this.#entryOf(target)?.enter(target?.deployment);
      }),
      commands.register('airflowIdentity.removeDeployment', (target) => this.#removeDeployment(target)),
      commands.register('airflowIdentity.filterDeployments', () => askDeploymentFilter(view.filter, view.workspaces)),
      commands.register('airflowIdentity.clearDeploymentFilter', () => view.filter.clear()),
      commands.register('airflowIdentity.repairTrust', async (target) => {
        const wanted = target === undefined ? undefined : await repairTarget(target, view.trust);
        if (wanted !== undefined) {
          await commands.execute('airflowIdentity.connect', wanted);
        }
      }),
      commands.register('airflowIdentity.copyDeploymentFix', async (target) => {
        if (target?.deployment.obstacle !== undefined) {
          await copyText(target.deployment.obstacle.command);
        }
      }),
      commands.register('airflowIdentity.readTrust', () =>
        vscode.window.withProgress({ location: { viewId: viewIds.deployments } }, () => view.trust.read({ all: true }, new AbortController().signal))),
      commands.register('airflowIdentity.openDeployment', async (target) => {
        if (target?.deployment.url !== undefined) {
          await vscode.env.openExternal(vscode.Uri.parse(target.deployment.url, true));
        }
      }),
    );
  }

  /** Asks for an API token and keeps it once Astro accepted it; true when one was kept. */
  async setAstroToken(): Promise<boolean> {
    const { astro, astroTokens, messages } = this.#ports;
    let organizations = '';
    const answer = await askText({
      title: vscode.l10n.t('Set Astro API token'),
      prompt: vscode.l10n.t('An organization, workspace or deployment API token of Astro. It is checked, then kept in VS Code\'s secret storage.'),
      password: true,
      problem: (text) => (text === '' ? vscode.l10n.t('The token is missing.') : undefined),
      check: async (text, signal) => {
        try {
          const check = await astro().checkToken(text, signal);
          organizations = check.organizations.map(({ name }) => name).join(', ');
          return undefined;
        } catch (error) {
          if (isCancel(error)) {
            throw error;
          }
          return toAirflowIdentityError(error).message;
        }
      },
    });
    if (answer.kind !== 'entered') {
      return false;
    }
    await astroTokens.keep(answer.text);
    void messages.info(vscode.l10n.t('Astro token kept. It reaches {0}.', organizations));
    return true;
  }

  /** Asks for a deployment and keeps it; `undefined` when cancelled. */
  async addDeployment(): Promise<Deployment | undefined> {
    const entries = this.#ports.sources.flatMap(({ entry, otherEntries = [] }) => [...(entry === undefined ? [] : [entry]), ...otherEntries]);
    const [only, ...others] = entries;
    if (only === undefined || others.length === 0) {
      return only?.enter();
    }
    const picked = await pickStep<Pick<DeploymentEntry, 'enter'>>({
      title: vscode.l10n.t('Add deployment'),
      placeholder: vscode.l10n.t('Where does Airflow run?'),
      load: async (show) => { show(entries.map((entry) => ({ label: `$(${entry.icon}) ${entry.label}`, detail: entry.detail, value: entry }))); },
    });
    return picked.kind === 'picked' ? picked.value.enter() : undefined;
  }

  #entryOf(target: DeploymentTarget | undefined): DeploymentEntry | undefined {
    return this.#ports.sources.find(({ source }) => source.id === target?.deployment.sourceId)?.entry;
  }

  async #removeAstroToken(): Promise<void> {
    const { astroTokens, messages } = this.#ports;
    if (await astroTokens.isKept()) {
      await astroTokens.remove();
      void messages.info(vscode.l10n.t('The Astro token was removed from VS Code. It stays valid until it is revoked in Astro.'));
    } else {
      void messages.info(vscode.l10n.t('No Astro token is kept in VS Code.'));
    }
  }

  async #removeDeployment(target: DeploymentTarget | undefined): Promise<void> {
    const entry = this.#entryOf(target);
    if (target === undefined || entry === undefined) {
      return;
    }
    const isSure = await this.#ports.messages.confirm(
      vscode.l10n.t('Remove {0} from the list?', target.deployment.name),
      vscode.l10n.t('Nothing changes in Azure or in the deployment.'),
      vscode.l10n.t('Remove'),
    );
    if (isSure) {
      await entry.remove(target.deployment.id);
    }
  }
}
