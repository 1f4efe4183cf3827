import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { airflowPython } from './environment.ts';
import { podIdentity } from './expectations.ts';
import type { BlobList, BlobTask, DescribedProvider, SettingsRead, SettingsUse, SignIn, Standing, Use } from './questions.ts';
import type { AirflowRelease } from './releases.ts';

/** How long a process may take to end after its last answer; one that hangs in a request is ended. */
const patienceMs = 10_000;

/** A Python process with one release of Airflow in it, in surroundings like a pod's; see `driver/main.py`. */
export class AirflowProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #home: string;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  readonly #ended: Promise<void>;
  #printed = '';

  private constructor(child: ChildProcessWithoutNullStreams, home: string) {
    this.#child = child;
    this.#home = home;
    createInterface({ input: child.stdout }).on('line', (line) => this.#answered(line));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#printed = (this.#printed + text).slice(-4000)));
    this.#ended = new Promise((resolve) => {
      child.on('close', () => {
        for (const { reject } of this.#waiting.splice(0)) {
          reject(new Error(`Airflow's process ended: ${this.#printed}`));
        }
        resolve();
      });
    });
  }

  /** Starts it. Throws with one sentence when Airflow cannot be had. */
  static async start(release: AirflowRelease): Promise<AirflowProcess> {
    const python = await airflowPython(release);
    const home = await mkdtemp(path.join(tmpdir(), 'airflow-'));
    const tokenFile = path.join(home, 'token');
    await writeFile(tokenFile, 'not.a.token');
    const child = spawn(python, [path.join(import.meta.dirname, 'driver', 'main.py')], {
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        AIRFLOW_HOME: home,
        // As the workload identity webhook does: https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html
        AZURE_FEDERATED_TOKEN_FILE: tokenFile,
        AZURE_CLIENT_ID: podIdentity.clientId,
        AZURE_TENANT_ID: podIdentity.tenantId,
        AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      },
    });
    return new AirflowProcess(child, home);
  }

  /** Has Airflow read a connection and sign in with it. A refusal of Airflow's is part of the answer. */
  use(use: Use): Promise<SignIn> {
    return this.#ask({ question: 'use', ...use }) as Promise<SignIn>;
  }

  /** Has Airflow read a connection, as a task does. A refusal of Airflow's is part of the answer. */
  read(read: Standing & { readonly connectionId: string }): Promise<Pick<SignIn, 'connection' | 'error'>> {
    return this.#ask({ question: 'read', ...read }) as Promise<Pick<SignIn, 'connection' | 'error'>>;
  }

  /** Has Airflow read the settings of a preset and do the first thing that needs Azure. A refusal is part of the answer. */
  useSettings(use: SettingsUse): Promise<SettingsRead> {
    return this.#ask({ question: 'useSettings', ...use }) as Promise<SettingsRead>;
  }

  /** Has a task list a container; nothing is recorded, requests go out. */
  listBlobs(task: BlobTask): Promise<BlobList> {
    return this.#ask({ question: 'listBlobs', ...task }) as Promise<BlobList>;
  }

  /** What the provider says about itself. */
  describe(): Promise<DescribedProvider> {
    return this.#ask({ question: 'describe' }) as Promise<DescribedProvider>;
  }

  /** Ends it and removes its files. */
  async stop(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await this.#ended;
    clearTimeout(timer);
    await rm(this.#home, { recursive: true, force: true });
  }

  #ask(question: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  #answered(line: string): void {
    const { answer, failure } = JSON.parse(line) as { readonly answer?: unknown; readonly failure?: string };
    const waiting = this.#waiting.shift();
    if (failure === undefined) {
      waiting?.resolve(answer);
    } else {
      waiting?.reject(new Error(failure));
    }
  }
}
