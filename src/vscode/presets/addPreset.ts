import * as vscode from 'vscode';
import type { Preset, PresetAnswers, PresetSettings } from '../../connection/preset.ts';
import { presets } from '../../connection/presets/presets.ts';
import { settingsText } from '../../connection/presets/settingsText.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import type { ProjectFormat } from '../../project/projectFormat.ts';
import type { EditPlan, PlannedEdit } from '../../project/textEdit.ts';
import { taken } from '../connect/goThrough.ts';
import { pickIdentity } from '../connect/pickIdentity.ts';
import { previewItems } from '../connect/previewItems.ts';
import { pickStep } from '../connect/stepPick.ts';
import type { StepItem, StepPlace, Turn } from '../connect/stepPick.ts';
import { copyText } from '../copyText.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import { recentIdentities } from '../project/recentIdentities.ts';
import type { Services } from '../services.ts';
import type { Answered } from './askQuestion.ts';
import { askQuestion } from './askQuestion.ts';
import { showWhatIsLeft } from './whatIsLeft.ts';

/** "Add Airflow Preset" as quick picks with a way back: which identity, what for, the preset's questions, where, and what exactly is written. */
export class AddPreset {
  readonly #services: Services;
  readonly #projects: AstroProjects;
  readonly #asksIdentity: boolean;
  #identity: ManagedIdentity | undefined;
  #preset: Preset | undefined;
  #answered: Answered = { values: new Map(), scopes: new Map() };
  /** Of the file, or empty for the clipboard. */
  #target: string | undefined;

  /** @param identity who signs in; asked for when absent. */
  constructor(services: Services, projects: AstroProjects, identity: ManagedIdentity | undefined) {
    this.#services = services;
    this.#projects = projects;
    this.#identity = identity;
    this.#asksIdentity = identity === undefined;
  }

  /** Runs to the end or until the user leaves. Nothing is written before it was shown, and nothing to Azure. */
  async run(): Promise<void> {
    for (let index = 0; index < this.#steps().length;) {
      const steps = this.#steps();
      const turn = await steps[index]?.({ step: index + 1, totalSteps: Math.max(steps.length, 4) });
      if (turn === undefined || turn === 'cancelled') {
        return;
      }
      index = turn === 'next' ? index + 1 : Math.max(0, index - 1);
    }
    if (this.#identity !== undefined && this.#preset !== undefined) {
      await showWhatIsLeft(this.#services, this.#projects, { identity: this.#identity, preset: this.#preset, answers: this.#answers(), scopes: this.#answered.scopes, target: this.#target ?? '' });
    }
  }

  /** The questions are known with the preset. */
  #steps(): readonly ((place: StepPlace) => Promise<Turn>)[] {
    const { questions } = this.#preset ?? { questions: [] };
    return [
      ...(this.#asksIdentity ? [(place: StepPlace) => this.#askIdentity(place)] : []),
      (place) => this.#askPreset(place),
      ...questions.map((question) => async (place: StepPlace): Promise<Turn> =>
        (this.#identity === undefined ? 'cancelled' : askQuestion(this.#services, this.#identity, question, this.#answered, place))),
      (place) => this.#askTarget(place),
      (place) => this.#review(place),
    ];
  }

  async #askIdentity(place: StepPlace): Promise<Turn> {
    const answer = await pickIdentity(this.#services, {
      title: vscode.l10n.t('Add Airflow preset: identity'),
      placeholder: vscode.l10n.t('Which managed identity should Airflow sign in as? Type a name or client ID.'),
      place,
      chosenClientId: this.#identity?.clientId,
      recent: recentIdentities(this.#services.globalState).map(({ clientId }) => clientId),
    });
    return taken(answer, ({ identity }) => { this.#identity = identity; });
  }

  async #askPreset(place: StepPlace): Promise<Turn> {
    const answer = await pickStep<Preset>({
      title: vscode.l10n.t('Add Airflow preset for {0}', this.#identity?.name ?? ''),
      placeholder: vscode.l10n.t('What should Airflow use Azure for?'),
      place,
      back: this.#asksIdentity,
      active: ({ value }) => value?.id === this.#preset?.id,
      load: async (show) => {
        show(presets().map((preset) => ({ label: preset.title, description: vscode.l10n.t('role {0}', preset.role.name), detail: preset.purpose, value: preset })));
      },
    });
    return taken(answer, (preset) => {
      if (preset.id !== this.#preset?.id) {
        this.#answered = { values: new Map(), scopes: new Map() };
      }
      this.#preset = preset;
    });
  }

  async #askTarget(place: StepPlace): Promise<Turn> {
    const answer = await pickStep<string>({
      title: vscode.l10n.t('{0}: where', this.#preset?.title ?? ''),
      placeholder: vscode.l10n.t('Where do the environment variables of Airflow stand?'),
      place,
      back: true,
      active: ({ value }) => value === this.#target,
      load: async (show, signal) => {
        const copy: StepItem<string> = { label: vscode.l10n.t('Copy to the clipboard'), detail: vscode.l10n.t('As lines of NAME=value, for wherever they are set'), iconPath: new vscode.ThemeIcon('copy'), value: '' };
        show([copy]);
        const files = (await this.#projects.find(signal)).filter(({ uri }) => this.#services.language().formatOf(vscode.Uri.parse(uri).path)?.planSettings !== undefined);
        show([...files.map(({ uri, label, reach }) => ({ label, detail: reach, iconPath: new vscode.ThemeIcon('file'), value: uri })), copy]);
      },
    });
    return taken(answer, (target) => { this.#target = target; });
  }

  /** What is written, line by line, before it is. */
  async #review(place: StepPlace): Promise<Turn> {
    const settings = this.#settings();
    const target = this.#target ?? '';
    if (target === '') {
      return this.#reviewCopy(settings, place);
    }
    const plan = await this.#projects.planBy(target, (format, text) => planned(format, text, settings));
    switch (plan.kind) {
      case 'refused':
        return this.#askInstead(`${plan.message} ${plan.fix}`, settings, place);
      case 'unchanged':
        void this.#services.messages.info(vscode.l10n.t('All of it stands in the file already.'));
        return 'next';
      case 'edit':
        return this.#askWrite(plan, [], vscode.l10n.t('Write settings'), settings, place);
      case 'differs': {
        const shown = [
          { label: vscode.l10n.t('What stands there'), kind: vscode.QuickPickItemKind.Separator },
          ...plan.existing.split('\n').map((label) => ({ label, alwaysShow: true })),
          ...plan.notes.map((note) => ({ label: `$(warning) ${note}`, alwaysShow: true })),
        ];
        return this.#askWrite(plan.overwrite, shown, vscode.l10n.t('Change what stands there'), settings, place);
      }
    }
  }

  async #askWrite(edit: PlannedEdit, above: readonly StepItem<never>[], label: string, settings: PresetSettings, place: StepPlace): Promise<Turn> {
    const answer = await pickStep<'write'>({
      title: vscode.l10n.t('{0}: review', this.#preset?.title ?? ''),
      placeholder: vscode.l10n.t('Nothing is written before you choose.'),
      place,
      back: true,
      load: async (show) => {
        show([
          { label: `$(check) ${label}`, detail: vscode.l10n.t('One step, which Undo takes back'), value: 'write' },
          ...above,
          { label: vscode.l10n.t('What is written'), kind: vscode.QuickPickItemKind.Separator },
          ...previewItems(edit.preview),
        ]);
      },
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    await this.#projects.writeBy(this.#target ?? '', (format, text) => planned(format, text, settings), edit);
    return 'next';
  }

  async #reviewCopy(settings: PresetSettings, place: StepPlace): Promise<Turn> {
    const text = settingsText(settings);
    const answer = await pickStep<'copy'>({
      title: vscode.l10n.t('{0}: review', this.#preset?.title ?? ''),
      placeholder: vscode.l10n.t('Set these wherever the environment variables of Airflow are set.'),
      place,
      back: true,
      load: async (show) => {
        show([
          { label: `$(copy) ${vscode.l10n.t('Copy settings')}`, value: 'copy' },
          { label: vscode.l10n.t('What is copied'), kind: vscode.QuickPickItemKind.Separator },
          ...text.trimEnd().split('\n').map((label) => ({ label, alwaysShow: true })),
        ]);
      },
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    await copyText(text);
    return 'next';
  }

  async #askInstead(why: string, settings: PresetSettings, place: StepPlace): Promise<Turn> {
    const answer = await pickStep<'copy' | 'open'>({
      title: vscode.l10n.t('The settings cannot be written'),
      placeholder: why,
      place,
      back: true,
      load: async (show) => {
        show([
          { label: vscode.l10n.t('Copy to the clipboard'), detail: why, value: 'copy' },
          { label: vscode.l10n.t('Open file'), value: 'open' },
        ]);
      },
    });
    if (answer.kind !== 'picked') {
      return answer.kind;
    }
    if (answer.value === 'open') {
      await this.#projects.open(this.#target ?? '', '');
      return 'cancelled';
    }
    await copyText(settingsText(settings));
    return 'next';
  }

  #settings(): PresetSettings {
    return this.#preset?.settings(this.#answers()) ?? { variables: [], connection: undefined };
  }

  #answers(): PresetAnswers {
    return { clientId: this.#identity?.clientId ?? '', tenantId: this.#identity?.homeTenantId ?? '', values: Object.fromEntries(this.#answered.values) };
  }
}

function planned({ planSettings, title }: ProjectFormat, text: string | undefined, settings: PresetSettings): EditPlan {
  return planSettings?.(text, settings) ?? {
    kind: 'refused', code: 'invalidInput', line: undefined,
    message: vscode.l10n.t('{0} holds no environment variables.', title),
    fix: vscode.l10n.t('Choose another place.'),
  };
}
