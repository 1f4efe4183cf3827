import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import type { Azure } from '../../../src/azure/azureBundle.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import type { AccessToken, TokenRequest } from '../../../src/identity/tokenPort.ts';
import { Journal } from '../../../src/trust/journal.ts';
import { Actions } from '../../../src/vscode/actions.ts';
import { ErrorPresenter } from '../../../src/vscode/errorPresenter.ts';
import { JournalFiles } from '../../../src/vscode/journal/journalFiles.ts';
import { ControlClient, ControlError } from '../../cloud/control/controlClient.ts';
import { skippingClock } from '../azure/cloudClient.ts';
import type { CloudClient } from '../azure/cloudClient.ts';

/** A process id that no system gives away, so that the window that wrote it counts as gone. */
const noProcess = 2 ** 30;

/** One window of VS Code in front of the local cloud, its user, and its end. */
export class TestWindow {
  readonly client: CloudClient;
  /** Every message that was shown, in order. */
  readonly messages: string[] = [];
  readonly actions: Actions;
  readonly journal: Journal;
  /** Resolves when what was under way as the window went has come to its end in Azure. */
  readonly wentQuiet: Promise<void>;
  #quiet: () => void = () => undefined;
  #refused: TokenRequest | undefined;
  #gone = false;

  /** `storage` is the folder that all windows share; needed for changes of several steps only. The user of this window clicks the first button of every message. */
  constructor(client: CloudClient, storage = path.join(tmpdir(), 'airflow-identity-no-journal')) {
    this.client = client;
    this.journal = new Journal(new JournalFiles(storage, (text) => { throw new Error(text); }, { pid: noProcess, host: hostname() }), skippingClock);
    this.wentQuiet = new Promise((resolve) => {
      this.#quiet = resolve;
    });
    client.issue = (request) => this.#token(request);
    const presenter = new ErrorPresenter({
      messages: {
        error: async (text, ...actions) => {
          this.messages.push(`${text} [${actions[0] ?? ''}]`);
          return actions[0];
        },
      },
      log: { show: () => undefined },
      canSignIn: () => true,
      signInAgain: () => this.signIn(),
      setAstroToken: async () => false,
      copy: async () => undefined,
      now: () => 0,
      versions: '',
    });
    this.actions = new Actions(presenter, { failure: () => undefined });
  }

  /** Interactive, to whatever was refused last. */
  async signIn(): Promise<void> {
    const { account, tenantId, challenge } = this.#refused ?? {};
    if (account !== undefined) {
      await this.#control().userToken({ account: account.id, tenant: tenantId, interactive: true, claims: challenge });
      this.client.azure.forgetTokens();
    }
  }

  /** From now on nothing that was waited for comes back: the code of this window stands still. */
  end(): void {
    this.#gone = true;
  }

  /** Azure as this window reaches it. */
  get azure(): Azure {
    return new Proxy(this.client.azure, {
      get: (target, name: keyof Azure) => {
        const method = target[name] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const answer = method(...args);
          return answer instanceof Promise ? this.whileOpen(answer) : answer;
        };
      },
    });
  }

  /** The promise's outcome, or nothing ever when the window has gone meanwhile. */
  async whileOpen<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } finally {
      if (this.#gone) {
        this.#quiet();
        await new Promise<never>(() => undefined);
      }
    }
  }

  async #token(request: TokenRequest): Promise<AccessToken> {
    const { account, tenantId, challenge } = request;
    try {
      const { accessToken, expiresOn } = await this.#control().userToken({ account: account.id, tenant: tenantId, claims: challenge });
      return { token: accessToken, expiresOnTimestamp: expiresOn };
    } catch (error) {
      this.#refused = request;
      // The words of `VsCodeSignIn`, which needs a VS Code around it.
      throw error instanceof ControlError && /AADSTS50076/.test(error.message)
        ? new AirflowIdentityError('interactionRequired', `This tenant wants ${account.label} to sign in again, for example with a second factor.`, { fix: 'Sign in to this tenant.' })
        : new AirflowIdentityError('signedOut', `The Azure session of ${account.label} has expired or was revoked.`, { fix: 'Sign in again.' });
    }
  }

  #control(): ControlClient {
    return new ControlClient(this.client.cloud.proxyUrl);
  }
}
