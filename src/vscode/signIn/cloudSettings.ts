import * as vscode from 'vscode';
import { AirflowIdentityError } from '../../errors.ts';
import type { AzureCloud, CloudKind } from '../../identity/azureCloud.ts';
import { azCloudName, azureCloud, cloudKind, federatedAudience } from '../../identity/azureCloud.ts';
import { readSetting } from '../settings.ts';

const section = 'microsoft-sovereign-cloud';
const names = ['environment', 'customEnvironment'] as const;

type Name = (typeof names)[number];

/**
 * Which Azure cloud the user works in. VS Code's own settings say so (`microsoft-sovereign-cloud`, of its extension
 * `microsoft-authentication`), and a workspace may hold them: a folder from somewhere else would then choose where tokens
 * are sent. So only what the user set is read, and nothing of a workspace.
 */
export class CloudSettings implements vscode.Disposable {
  /** Another cloud, or another description of the custom one. */
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #last = asSet();

  constructor() {
    this.onDidChange = this.#changes.event;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section) && asSet() !== this.#last) {
        this.#last = asSet();
        this.#changes.fire();
      }
    });
  }

  /** @throws AirflowIdentityError `invalidInput` when it is a custom cloud that is not described in full. */
  cloud(): AzureCloud {
    return azureCloud(this.kind, userValue('customEnvironment'));
  }

  get kind(): CloudKind {
    return cloudKind(userValue('environment'));
  }

  /** What the Azure CLI calls it; `undefined` for the public cloud. */
  get azCloud(): string | undefined {
    return azCloudName(this.kind, userValue('customEnvironment'));
  }

  /** What federated credentials are written with and compared by. */
  get audience(): string {
    const own = readSetting('airflowIdentity.federatedAudience').trim();
    return own === '' ? federatedAudience(this.kind) : own;
  }

  /**
   * VS Code's provider for national clouds itself also follows the workspace (microsoft/vscode,
   * `extensions/microsoft-authentication`), so there a workspace with another opinion is not signed in from.
   * @throws AirflowIdentityError `invalidInput`, also as `cloud` does
   */
  cloudToSignInTo(): AzureCloud {
    const cloud = this.cloud();
    const current = vscode.workspace.getConfiguration(section);
    const redirected = cloud.kind === 'public' ? undefined : names.find((name) => JSON.stringify(current.get(name)) !== JSON.stringify(userValue(name)));
    if (redirected !== undefined) {
      throw new AirflowIdentityError('invalidInput', vscode.l10n.t('This workspace changes the setting {0}, and with it where VS Code signs in.', `${section}.${redirected}`), {
        fix: vscode.l10n.t('Remove it from the settings of the workspace; only the user settings may choose the cloud.'),
      });
    }
    return cloud;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }
}

function userValue(name: Name): unknown {
  const values = vscode.workspace.getConfiguration(section).inspect(name);
  return values?.globalValue ?? values?.defaultValue;
}

function asSet(): string {
  return JSON.stringify(names.map((name) => userValue(name) ?? null));
}
