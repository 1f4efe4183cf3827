import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Clock } from '../../../../clock.ts';
import type { AstroCliEnvironment } from '../../../../deployment/astroCliConfig.ts';
import type { AstroToken, AstroTokenPort } from '../../../../deployment/astroTokenPort.ts';
import { AirflowIdentityError } from '../../../../errors.ts';

const secretKey = 'airflowIdentity.astroApiToken';

/** How long the Astro CLI may be in the middle of writing its file (`config.yaml` is truncated, then written). */
const cliWriteMs = 50;

/** What finding a token needs beside VS Code. */
export interface AstroTokensPorts {
  readonly secrets: vscode.SecretStorage;
  readonly clock: Clock;
  readonly environment: AstroCliEnvironment & { readonly ASTRO_API_TOKEN?: string | undefined };
  /** Path and reading of the Astro CLI's file; both live in the language bundle with its YAML parser. */
  readonly cliConfig: () => {
    readonly astroCliConfigPath: (environment: AstroCliEnvironment, homeFolder: string) => string;
    readonly astroCliToken: (text: string, environment: AstroCliEnvironment, now: number) => string | undefined;
  };
}

/** The Astro token: what the user gave, else `ASTRO_API_TOKEN`, else the Astro CLI's session, which is only read. */
export class AstroTokens implements AstroTokenPort, vscode.Disposable {
  /** The kept token changed, also in another window. */
  readonly onDidChange: vscode.Event<void>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #ports: AstroTokensPorts;
  readonly #subscription: vscode.Disposable;

  constructor(ports: AstroTokensPorts) {
    this.#ports = ports;
    this.onDidChange = this.#changes.event;
    this.#subscription = ports.secrets.onDidChange(({ key }) => {
      if (key === secretKey) {
        this.#changes.fire();
      }
    });
  }

  async token(signal: AbortSignal): Promise<AstroToken | undefined> {
    const kept = await this.#ports.secrets.get(secretKey);
    if (kept !== undefined && kept !== '') {
      return { token: kept, origin: 'secretStorage' };
    }
    const fromEnvironment = this.#ports.environment.ASTRO_API_TOKEN?.trim() ?? '';
    if (fromEnvironment !== '') {
      return { token: fromEnvironment, origin: 'environment' };
    }
    const fromCli = await this.#cliToken(signal);
    return fromCli === undefined ? undefined : { token: fromCli, origin: 'astroCli' };
  }

  /** True when there is a token that `remove` would take away. */
  async isKept(): Promise<boolean> {
    return (await this.#ports.secrets.get(secretKey)) !== undefined;
  }

  async keep(token: string): Promise<void> {
    await this.#ports.secrets.store(secretKey, token);
  }

  async remove(): Promise<void> {
    await this.#ports.secrets.delete(secretKey);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  async #cliToken(signal: AbortSignal): Promise<string | undefined> {
    const { environment, clock, cliConfig } = this.#ports;
    // The home folder and its files are local to the extension host, whatever the workspace is.
    const { astroCliConfigPath, astroCliToken } = cliConfig();
    const uri = vscode.Uri.file(astroCliConfigPath(environment, homedir()));
    for (const isLastTry of [false, true]) {
      const text = await readText(uri);
      try {
        return text === undefined ? undefined : astroCliToken(text, environment, clock.now());
      } catch (error) {
        if (isLastTry || !(error instanceof AirflowIdentityError) || error.code !== 'fileUnreadable') {
          throw error;
        }
        await clock.sleep(cliWriteMs, signal);
      }
    }
    return undefined;
  }
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most people have no Astro CLI; a file that cannot be opened is as good as none.
    return undefined;
  }
}
