import { isCancel, isForWantOfSignIn, toAirflowIdentityError } from '../errors.ts';
import type { ErrorPresenter } from './errorPresenter.ts';
import type { Log } from './log.ts';

/**
 * Runs what a user starts: failures are logged once and shown once, cancel is silent, and an action stopped by a missing
 * session resumes after the sign-in.
 */
export class Actions {
  readonly #presenter: Pick<ErrorPresenter, 'present'>;
  readonly #log: Pick<Log, 'failure'>;

  constructor(presenter: Pick<ErrorPresenter, 'present'>, log: Pick<Log, 'failure'>) {
    this.#presenter = presenter;
    this.#log = log;
  }

  /**
   * Runs an action and gives what it gives, or `undefined` when it failed or was cancelled. Never rejects.
   * `name` appears in the log. Only a message that may resume the action is waited for.
   */
  async run<T>(name: string, action: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (isCancel(error)) {
          return undefined;
        }
        const failure = toAirflowIdentityError(error);
        this.#log.failure(name, failure);
        const answer = this.#present(name, failure);
        if (!isForWantOfSignIn(failure) || !(await answer)) {
          return undefined;
        }
      }
    }
  }

  /**
   * For callers that show failures themselves: a missing session is asked for here and the action goes on after it;
   * everything else rejects.
   */
  async resuming<T>(name: string, action: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        const failure = toAirflowIdentityError(error);
        if (isCancel(error) || !isForWantOfSignIn(failure) || !(await this.#present(name, failure))) {
          throw error;
        }
      }
    }
  }

  async #present(name: string, failure: ReturnType<typeof toAirflowIdentityError>): Promise<boolean> {
    try {
      return await this.#presenter.present(failure);
    } catch (error) {
      if (isCancel(error)) {
        return false;
      }
      // The remedy itself failed, for example the sign-in did; that is an error of its own.
      const second = toAirflowIdentityError(error);
      this.#log.failure(`${name}, remedy`, second);
      return this.#present(name, second);
    }
  }
}
