import * as l10n from '@vscode/l10n';
import type { AirflowIdentityError } from '../errors.ts';
import type { Log } from './log.ts';
import type { Messages } from './messages.ts';
import { redact } from './redact.ts';

/** What the presenter needs beside messages. */
export interface ErrorPresenterPorts {
  readonly messages: Pick<Messages, 'error'>;
  readonly log: Pick<Log, 'show'>;
  /** Whether signing in is VS Code's; otherwise the error's own fix says where it is done. */
  readonly canSignIn: () => boolean;
  /** Interactive sign-in to what refused a token, for the claims challenge that it came with if any. */
  readonly signInAgain: (challenge: string | undefined) => Promise<void>;
  /** Asks for another Astro API token; true when one was kept. */
  readonly setAstroToken: () => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
  readonly now: () => number;
  /** Names and versions of the extension and of VS Code, for "Copy Details". */
  readonly versions: string;
}

/**
 * Shows errors. A missing or expired session leads to one message however many actions it stopped; all of them wait for
 * the same answer.
 */
export class ErrorPresenter {
  readonly #ports: ErrorPresenterPorts;
  readonly #open = new Map<Remedy['kind'], Promise<boolean>>();

  constructor(ports: ErrorPresenterPorts) {
    this.#ports = ports;
  }

  /** Shows the error and gives true when the user removed its cause, so that the action is worth another try. */
  async present(error: AirflowIdentityError): Promise<boolean> {
    const remedy = this.#remedyFor(error);
    if (remedy === undefined) {
      await this.#show(error, undefined);
      return false;
    }
    const open = this.#open.get(remedy.kind) ?? this.#showOnce(error, remedy);
    this.#open.set(remedy.kind, open);
    return open;
  }

  async #showOnce(error: AirflowIdentityError, remedy: Remedy): Promise<boolean> {
    try {
      return await this.#show(error, remedy);
    } finally {
      this.#open.delete(remedy.kind);
    }
  }

  async #show(error: AirflowIdentityError, remedy: Remedy | undefined): Promise<boolean> {
    const showLog = l10n.t('Show Log');
    const copyDetails = l10n.t('Copy Details');
    const actions = [...(remedy === undefined ? [] : [remedy.action]), showLog, copyDetails];
    const text = error.fix === undefined ? error.message : `${error.message} ${error.fix}`;
    const chosen = await this.#ports.messages.error(redact(text), ...actions);
    if (chosen === showLog) {
      this.#ports.log.show();
    } else if (chosen === copyDetails) {
      await this.#ports.copy(detailsText(error, this.#ports.now(), this.#ports.versions));
    } else if (remedy !== undefined && chosen === remedy.action) {
      return remedy.run();
    }
    return false;
  }

  #remedyFor(error: AirflowIdentityError): Remedy | undefined {
    if (error.code !== 'signedOut' && error.code !== 'interactionRequired') {
      return undefined;
    }
    if (error.details.host?.startsWith('api.astronomer') === true) {
      return { kind: 'astro', action: l10n.t('Set Astro API Token'), run: this.#ports.setAstroToken };
    }
    if (!this.#ports.canSignIn()) {
      return undefined;
    }
    return {
      kind: 'azure',
      action: error.code === 'signedOut' ? l10n.t('Sign in again') : l10n.t('Sign in to this tenant'),
      run: async () => {
        await this.#ports.signInAgain(error.details.challenge);
        return true;
      },
    };
  }
}

interface Remedy {
  /** Of each kind at most one message is open. */
  readonly kind: 'azure' | 'astro';
  readonly action: string;
  readonly run: () => Promise<boolean>;
}

/** What "Copy Details" puts on the clipboard: what Azure's support asks for, and no secret. `now` in ms since the epoch. */
export function detailsText(error: AirflowIdentityError, now: number, versions: string): string {
  const { method, host, path, status, serviceCode, correlationId } = error.details;
  const request = [method, host === undefined ? undefined : `${host}${path ?? ''}`, status].filter((part) => part !== undefined);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Time', new Date(now).toISOString()],
    ['Versions', versions],
    ['Code', serviceCode === undefined ? error.code : `${error.code} (${serviceCode})`],
    ['Message', error.message],
    ['Request', request.length === 0 ? undefined : request.join(' ')],
    ['Correlation ID', correlationId],
  ];
  return redact(facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])).join('\n'));
}
