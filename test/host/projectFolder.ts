import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { airflowConnection } from '../../src/connection/writeConnection.ts';
import { language } from '../../src/project/languageBundle.ts';
import type { EditPlan, PlannedEdit } from '../../src/project/textEdit.ts';
import { AstroProjects } from '../../src/vscode/project/astroProjects.ts';
import { Log } from '../../src/vscode/log.ts';

/** A connection as the flow makes it. */
export const connection = airflowConnection({
  connectionId: 'azure_wi',
  type: 'azure',
  clientId: '11111111-2222-3333-4444-555555555555',
  tenantId: '99999999-8888-7777-6666-555555555555',
  values: { subscriptionId: '00000000-1111-2222-3333-444444444444' },
});

/** What `conn_extra` says for it. */
export const extra = JSON.stringify(connection.extra);

/** The start of a settings file with one connection of another kind. */
export const settings = 'airflow:\n  connections:\n    - conn_id: warehouse # keep\n      conn_type: "postgres"\n  pools:\n    - pool_name: small\n';

/** `settings` with the connection in it. */
export const connected = settings.replace('  pools:', `    - conn_id: azure_wi\n      conn_type: azure\n      conn_extra: '${extra}'\n  pools:`);

/** An Astro project in a temporary folder outside of the workspace, or inside where `parent` says so. */
export class ProjectFolder {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async create(files: Readonly<Record<string, string | Buffer>> = {}, parent: string = tmpdir()): Promise<ProjectFolder> {
    const folder = new ProjectFolder(await mkdtemp(path.join(parent, 'project-')));
    for (const [name, content] of Object.entries({ '.astro/config.yaml': 'project:\n  name: test\n', ...files })) {
      await folder.write(name, content);
    }
    return folder;
  }

  uri(name = 'airflow_settings.yaml'): vscode.Uri {
    return vscode.Uri.file(path.join(this.dir, name));
  }

  async read(name = 'airflow_settings.yaml'): Promise<string> {
    return readFile(path.join(this.dir, name), 'utf8');
  }

  async write(name: string, content: string | Buffer): Promise<void> {
    const file = path.join(this.dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** Closes the editors without saving and removes the folder, whatever VS Code is still writing there. */
  async remove(): Promise<void> {
    while (vscode.window.activeTextEditor !== undefined) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The product's class on the product's planning; only the log goes nowhere. */
export function astroProjects(): AstroProjects {
  const silent = (): void => undefined;
  return new AstroProjects({
    language: () => language,
    log: new Log({ info: silent, warn: silent, error: silent, debug: silent, trace: silent, show: silent }),
  });
}

/** The edit of a plan. Throws when there is none, with what the plan says instead. */
export function editOf(plan: EditPlan): PlannedEdit {
  if (plan.kind !== 'edit') {
    throw new Error(`No edit was planned: ${JSON.stringify(plan)}`);
  }
  return plan;
}
