import type * as vscode from 'vscode';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { Contribution, Services } from '../services.ts';
import { AddPreset } from './addPreset.ts';

/** "Add Airflow Preset": settings of Airflow's own that sign in as an identity. */
export class PresetsContribution implements Contribution {
  readonly #services: Services;
  readonly #projects: AstroProjects;

  constructor(services: Services, projects: AstroProjects) {
    this.#services = services;
    this.#projects = projects;
  }

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(this.#services.commands.register('airflowIdentity.addPreset', (target) => new AddPreset(this.#services, this.#projects, target?.identity).run()));
  }
}
