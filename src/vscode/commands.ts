import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from '../contributedCommands.ts';
import { isTitleCommand } from '../contributedCommands.ts';
import { AirflowIdentityError } from '../errors.ts';
import type { Actions } from './actions.ts';

type Handler = (...args: never[]) => unknown;

/** Holds the handlers of commands and runs them, as `Actions` runs everything that a user starts. */
export class Commands {
  readonly #actions: Actions;
  readonly #handlers = new Map<CommandId, Handler>();

  constructor(actions: Actions) {
    this.#actions = actions;
  }

  /** Gives a command its handler. The id itself is known to VS Code from activation on (`doors.ts`). */
  register<Id extends CommandId>(id: Id, handler: (...args: CommandArguments[Id]) => unknown): vscode.Disposable {
    this.#handlers.set(id, handler);
    return new vscode.Disposable(() => this.#handlers.delete(id));
  }

  /**
   * Runs the handler of a command, as VS Code asked for it. An action of a row comes with two arguments, the row and all selected
   * ones (microsoft/vscode, `TreeActionRunner` in `treeView.ts`); while that row is being drawn anew, VS Code finds nothing for it
   * (`getExtensionElement` in `extHostTreeViews.ts`). The command must not take that for a call from the palette, nor guess at a row.
   * A button in a view's title comes with two arguments as well: the row that has the focus, of whatever kind, or nothing.
   */
  async invoke<Id extends CommandId>(id: Id, args: CommandArguments[Id]): Promise<unknown> {
    const handler = this.#handlers.get(id) as ((...args: CommandArguments[Id]) => unknown) | undefined;
    const given: readonly unknown[] = args;
    return this.run(id, async () => {
      if (given.length > 1 && (given[0] ?? undefined) === undefined && handler !== undefined && handler.length > 0 && !isTitleCommand(id)) {
        throw new AirflowIdentityError('notFound', vscode.l10n.t('That row was being drawn anew at this moment, so nothing was done.'), { fix: vscode.l10n.t('Press it again.') });
      }
      return handler?.(...args);
    });
  }

  /** Runs a command of this extension from code. */
  async execute<Id extends CommandId>(id: Id, ...args: CommandArguments[Id]): Promise<void> {
    await vscode.commands.executeCommand(id, ...args);
  }

  /** See `Actions.run`. */
  async run<T>(name: string, action: () => Promise<T>): Promise<T | undefined> {
    return this.#actions.run(name, action);
  }

  /** See `Actions.resuming`. */
  async resuming<T>(name: string, action: () => Promise<T>): Promise<T> {
    return this.#actions.resuming(name, action);
  }
}
