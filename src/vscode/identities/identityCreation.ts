import * as vscode from 'vscode';
import type { ResourceGroupTarget, SubscriptionTarget } from '../../contributions.ts';
import { AirflowIdentityError, isCancel, toAirflowIdentityError } from '../../errors.ts';
import { formatIdentityId, sameArmId } from '../../identity/armId.ts';
import type { ManagedIdentity, Subscription } from '../../identity/managedIdentity.ts';
import type { RunningChange } from '../../trust/journal.ts';
import type { Change } from '../../trust/journalEntry.ts';
import { goThrough, taken } from '../connect/goThrough.ts';
import type { StepAnswer, StepPlace, Turn } from '../connect/stepPick.ts';
import { repeatedWrite } from '../repeatedWrite.ts';
import type { Services } from '../services.ts';
import { askName, pickRegion, pickSubscription } from './createIdentitySteps.ts';
import type { IdentitiesView } from './identitiesView.ts';
import type { ListedSubscription } from './listedSubscriptions.ts';
import { plannedIdentity } from './newIdentity.ts';
import type { NewIdentity, PlannedIdentity } from './newIdentity.ts';
import { pickGroup } from './pickGroup.ts';
import { pickTags } from './pickTags.ts';
import { reviewNewIdentity } from './reviewNewIdentity.ts';

/** "Create identity" as quick picks with a way back: where, its name, region and tags, and what exactly is made. */
export class IdentityCreation {
  readonly #services: Services;
  readonly #view: IdentitiesView;
  readonly #draft: NewIdentity;
  /** What the caller gave is not asked for. */
  readonly #given: { readonly subscription: boolean; readonly group: string | undefined };
  readonly #hasWayOut: boolean;
  #planned: PlannedIdentity | undefined;

  /** @param options `back` offers the way back to whoever asked, also before the first question. */
  constructor(services: Services, view: IdentitiesView, target?: SubscriptionTarget | ResourceGroupTarget, options: { readonly back?: boolean } = {}) {
    this.#services = services;
    this.#view = view;
    this.#hasWayOut = options.back ?? false;
    this.#given = { subscription: target !== undefined, group: target !== undefined && 'resourceGroup' in target ? target.resourceGroup : undefined };
    this.#draft = target === undefined ? {} : { place: { subscription: target.subscription, tenantName: target.tenant.displayName } };
  }

  /** Asks, makes the identity and adds its row; `back` and `cancelled` as the user left. Errors of the writes reject and say what stands. */
  async run(): Promise<StepAnswer<ManagedIdentity>> {
    if ((await this.#services.signIn.accounts()).length === 0) {
      await this.#services.signIn.signIn();
    }
    let left = false;
    const first = (step: () => Promise<Turn>) => async (): Promise<Turn> => {
      const turn = await step();
      left ||= turn === 'back' && this.#hasWayOut;
      return left ? 'cancelled' : turn;
    };
    const [opening, ...others] = this.#questions();
    const turn = await goThrough([...(opening === undefined ? [] : [first(opening)]), ...others]);
    if (left) {
      return { kind: 'back' };
    }
    return turn === 'next' && this.#planned !== undefined ? { kind: 'picked', value: await this.#make(this.#planned) } : { kind: 'cancelled' };
  }

  #questions(): (() => Promise<Turn>)[] {
    return [
      ...(this.#given.subscription ? [] : [(place: StepPlace) => this.#askSubscription(place)]),
      (place: StepPlace) => this.#askGroup(place),
      (place: StepPlace) => this.#askName(place),
      (place: StepPlace) => this.#askRegion(place),
      (place: StepPlace) => this.#askTags(place),
      (place: StepPlace) => this.#review(place),
    ].map((ask, index, all) => () => ask({ step: index + 1, totalSteps: all.length }));
  }

  async #askSubscription(place: StepPlace): Promise<Turn> {
    const answer = await pickSubscription(this.#services, this.#view.tree, title(), { place, back: this.#hasWayOut });
    return taken(answer, (value: ListedSubscription) => { this.#draft.place = value; });
  }

  async #askGroup(place: StepPlace): Promise<Turn> {
    const back = this.#hasWayOut || !this.#given.subscription;
    const answer = await pickGroup(this.#services, {
      title: title(), subscription: this.#subscription(), place, back, chosen: this.#draft.group?.name ?? this.#given.group,
    });
    return taken(answer, (value) => { this.#draft.group = value; });
  }

  async #askName(place: StepPlace): Promise<Turn> {
    const { group, name } = this.#draft;
    const at = { ...this.#subscription(), resourceGroup: group?.name ?? '' };
    const answer = await askName(this.#services, title(), at, { place, value: name, isGroupNew: group?.existing === undefined });
    if (answer.kind !== 'entered') {
      return answer.kind;
    }
    this.#draft.name = answer.text;
    return 'next';
  }

  async #askRegion(place: StepPlace): Promise<Turn> {
    const { group, location } = this.#draft;
    const answer = await pickRegion(this.#services, title(), this.#subscription(), { place, chosen: location ?? group?.existing?.location ?? this.#usualRegion() });
    return taken(answer, ({ name }) => { this.#draft.location = name; });
  }

  /** Where most identities of the subscription are: a new group has no region of its own to go by. */
  #usualRegion(): string | undefined {
    const { subscriptionId } = this.#subscription();
    const known = this.#services.identities.known().map(({ identity }) => identity);
    const beside = known.filter((identity) => sameArmId(identity.subscriptionId, subscriptionId));
    const counts = Map.groupBy(beside.length > 0 ? beside : known, ({ location }) => location);
    return [...counts].sort(([, one], [, other]) => other.length - one.length)[0]?.[0];
  }

  async #askTags(place: StepPlace): Promise<Turn> {
    const done = (count: number): string => count === 0 ? vscode.l10n.t('Go on without tags') : vscode.l10n.t('Go on with these tags');
    const answer = await pickTags({ title: title(), before: {}, tags: this.#draft.tags ?? {}, done, place, back: true });
    return taken(answer, (tags) => { this.#draft.tags = tags; });
  }

  async #review(place: StepPlace): Promise<Turn> {
    const planned = plannedIdentity(this.#draft);
    if (planned === undefined) {
      return 'cancelled';
    }
    const turn = await reviewNewIdentity(this.#services, planned, place);
    this.#planned = turn === 'next' ? planned : undefined;
    return turn;
  }

  #subscription(): Subscription {
    const { place } = this.#draft;
    if (place === undefined) {
      throw new AirflowIdentityError('unexpected', 'A question about a subscription came before the subscription.');
    }
    return place.subscription;
  }

  async #make(planned: PlannedIdentity): Promise<ManagedIdentity> {
    const { identities, journal, log } = this.#services;
    const { name } = planned.write;
    const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Creating {0}', name), cancellable: true };
    const running = await journal.begin({ title: name, surface: 'other' }, creationSteps(planned));
    const identity = await vscode.window.withProgress(options, async (progress, token) => {
      try {
        return await this.#write(planned, running, progress, token);
      } finally {
        await running.end();
      }
    });
    identities.showIdentity(identity);
    log.info(`create identity: ${formatIdentityId(identity)}`);
    return identity;
  }

  async #write({ group, write }: PlannedIdentity, running: RunningChange, progress: vscode.Progress<{ message: string }>, token: vscode.CancellationToken): Promise<ManagedIdentity> {
    const { azure } = this.#services;
    const isGroupNew = group.existing === undefined;
    if (isGroupNew) {
      progress.report({ message: vscode.l10n.t('resource group {0}', group.name) });
      await running.step(0, () =>
        repeatedWrite(this.#services, 'create resource group', (signal) => azure().createResourceGroup(write, { name: group.name, location: write.location }, signal)));
      if (token.isCancellationRequested) {
        throw new AirflowIdentityError('conflict', vscode.l10n.t('Stopped: resource group {0} was created, the identity was not.', group.name));
      }
    }
    progress.report({ message: write.location });
    try {
      return await running.step(isGroupNew ? 1 : 0, async () => {
        const { value } = await repeatedWrite(this.#services, 'create identity', (signal) => azure().createIdentity(write, signal));
        return value;
      });
    } catch (error) {
      throw isGroupNew ? withStandingGroup(error, group.name) : error;
    }
  }
}

/** The group, where it is a new one, then the identity. */
function creationSteps({ group, write }: PlannedIdentity): readonly Change[] {
  const { resourceGroup, name, location, tags } = write;
  const subscription = { account: { id: write.account.id, label: write.account.label }, tenantId: write.tenantId, subscriptionId: write.subscriptionId };
  return [
    ...(group.existing === undefined ? [{ kind: 'resourceGroup', subscription, name: group.name, location } as const] : []),
    { kind: 'identity', identity: { ...subscription, resourceGroup, name }, action: 'create', location, tags: { ...tags } },
  ];
}

function withStandingGroup(caught: unknown, name: string): unknown {
  if (isCancel(caught)) {
    return new AirflowIdentityError('conflict', vscode.l10n.t('Resource group {0} was created, the identity was not.', name));
  }
  const { code, message, fix, details } = toAirflowIdentityError(caught);
  return new AirflowIdentityError(code, vscode.l10n.t('Resource group {0} was created, the identity was not: {1}', name, message), { ...(fix === undefined ? {} : { fix }), details, cause: caught });
}

function title(): string {
  return vscode.l10n.t('Create identity');
}
