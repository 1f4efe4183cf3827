import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installedVsCode } from './installation.ts';
import { logsDir, machineSettingsFile, prepareServerData, writeUserSettings } from './serverData.ts';

/** What a run of VS Code needs to know. */
export interface CodeServerOptions {
  /** Environment of the server and so of the extension host, on top of this process's own: the local cloud's proxy and CA. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder or `.code-workspace` file that opens. */
  readonly workspace: string;
  /** Folder of the extension, offered as a built-in one; leave it out where the page loads it as an extension under development. */
  readonly extensionDir?: string;
  /** User settings on top of the quiet ones. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Port on 127.0.0.1; a free one by default. */
  readonly port?: number;
  /** Makes the page honour `extensionDevelopmentPath` and `extensionTestsPath`; built workbenches ignore them otherwise. */
  readonly testDriver?: boolean;
}

/** A running VS Code server. */
export interface CodeServer {
  /** `127.0.0.1:PORT`, the authority of `vscode-remote:` URIs. */
  readonly host: string;
  /** Address that opens the workspace. */
  readonly url: string;
  /** Settings file whose changes VS Code follows; absent at first. */
  readonly machineSettingsFile: string;
  /** What the server printed so far. */
  log(): string;
  /** Folder of the files that VS Code and its extensions log to, one below the other. */
  readonly logsDir: string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the server with every process it started and removes its data. */
  stop(): Promise<void>;
}

const readyTimeoutMs = 60_000;

/** Starts VS Code as a server in a data folder of its own; installs it first where needed. Throws with the server's log when it does not come up. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const vscode = await installedVsCode();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'airflow-identity-vscode-'));
  const port = options.port ?? (await freePort());
  const host = `127.0.0.1:${port}`;
  let log = '';
  let child: ChildProcess | undefined;
  let ended = Promise.resolve();
  const stop = async (): Promise<void> => {
    child?.stdin?.end();
    await ended;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const builtIn = await prepareServerData(dataDir, vscode, options.extensionDir);
    await writeUserSettings(dataDir, options.userSettings ?? {});
    const args = [
      '--host=127.0.0.1',
      `--port=${port}`,
      '--without-connection-token',
      '--accept-server-license-terms',
      '--telemetry-level=off',
      '--disable-workspace-trust',
      `--server-data-dir=${dataDir}`,
      `--builtin-extensions-dir=${builtIn}`,
    ];
    if (options.testDriver === true) {
      args.push('--enable-smoke-test-driver');
    }
    child = spawn(process.execPath, [path.join(import.meta.dirname, 'supervisor.ts'), process.execPath, path.join(vscode, 'out', 'server-main.js'), ...args], {
      env: serverEnvironment(options.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    ended = once(child, 'exit').then(() => undefined);
    const collect = (chunk: Buffer): void => {
      log += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    await ready(child, () => log, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  const opened = options.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return { host, url: `http://${host}/?${opened}=${options.workspace}`, machineSettingsFile: machineSettingsFile(dataDir), log: () => log, logsDir: logsDir(dataDir), ended, stop };
}

/** Without what VS Code's own terminals export: it would make this server talk to the VS Code that started it. */
function serverEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(name));
  // Without a gallery the server asks nobody for extensions.
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...extra };
}

function ready(child: ChildProcess, log: () => string, ended: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ${why}:\n${log()}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${readyTimeoutMs / 1000} s`), readyTimeoutMs);
    child.stdout?.on('data', () => {
      if (log().includes('Web UI available at')) {
        clearTimeout(timer);
        resolve();
      }
    });
    void ended.then(() => fail('ended'));
  });
}

/** Gives a TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('No TCP port is free.');
  }
  return address.port;
}
