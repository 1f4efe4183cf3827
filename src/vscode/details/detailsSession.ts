import * as vscode from 'vscode';
import { isSameIdentity } from '../../identity/armId.ts';
import { isCancel, isForWantOfSignIn, toAirflowIdentityError } from '../../errors.ts';
import type { IdentityRef } from '../../identity/managedIdentity.ts';
import { detailsParts } from '../../trust/details/detailsEvents.ts';
import type { DetailsPart } from '../../trust/details/detailsEvents.ts';
import { initialDetails, withPart } from '../../trust/details/detailsState.ts';
import type { DetailsState, DetailsValues } from '../../trust/details/detailsState.ts';
import type { IdentityNames } from '../identities/identityNames.ts';
import { namesOf } from '../identities/identityNames.ts';
import type { AstroProjects } from '../project/astroProjects.ts';
import type { KnownIdentity, Services } from '../services.ts';

/** Reads what the page of one identity shows, each part on its own, and reads again what changes elsewhere. */
export class DetailsSession implements vscode.Disposable {
  readonly #services: Services;
  readonly #projects: AstroProjects;
  readonly #running = new Map<DetailsPart, AbortController>();
  readonly #subscription: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<void>();
  /** What the Identities view knew last: only what it learns after that is newer than what was read here. */
  #seen: KnownIdentity | undefined;
  #state: DetailsState;

  readonly onDidChange: vscode.Event<void> = this.#changed.event;

  /** Sends nothing before `read`. `names` are those that the page had before a reload of the window. */
  constructor(ref: IdentityRef, services: Services, projects: AstroProjects, names?: IdentityNames) {
    this.#services = services;
    this.#projects = projects;
    this.#seen = this.#find(ref);
    this.#state = { ...initialDetails(ref), ...namesOf(services.identities, ref, names) };
    if (this.#seen !== undefined) {
      this.#state = withPart(this.#state, 'identity', { value: this.#seen.identity });
    }
    this.#subscription = vscode.Disposable.from(
      services.identities.onDidChange(() => this.#directoryChanged()),
      services.deployments.onDidChange(() => this.read(['deployments'])),
      projects.onDidChange(() => this.read(['connections'])),
      services.roles.onDidChange((principalId) => {
        if (principalId === this.#state.parts.identity.value?.principalId) {
          this.read(['roles']);
        }
      }),
      services.signIn.onDidChange(() => this.read(this.#waitingForSignIn())),
    );
  }

  get state(): DetailsState {
    return this.#state;
  }

  /** Reads these parts anew, all by default. Failures become part of the state. */
  read(parts: readonly DetailsPart[] = detailsParts): void {
    for (const part of parts) {
      void this.#services.commands.run(`details: ${part}`, () => this.#readPart(part));
    }
  }

  /** Parts that a sign-in may bring. */
  #waitingForSignIn(): readonly DetailsPart[] {
    return detailsParts.filter((part) => {
      const { error } = this.#state.parts[part];
      return error !== undefined && isForWantOfSignIn(error);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const controller of this.#running.values()) {
      controller.abort();
    }
    this.#changed.dispose();
  }

  #readPart(part: DetailsPart): Promise<void> {
    const { ref } = this.#state;
    switch (part) {
      case 'identity':
        return this.#latest('identity', async (signal) => this.#services.azure().identity(ref, signal));
      case 'credentials':
        return this.#latest('credentials', async (signal) => {
          const credentials = await this.#services.azure().credentials(ref, signal);
          this.#services.identities.updateCredentials(ref, credentials);
          return credentials;
        });
      case 'deployments':
        return this.#latest('deployments', (signal) => this.#services.deployments.listAll(signal));
      case 'roles':
        return this.#latest('roles', (signal) => this.#roles(signal));
      case 'connections':
        return this.#latest('connections', (signal) => this.#projects.identityConnections(signal));
    }
  }

  /** The latest reading of a part wins. */
  async #latest<Name extends DetailsPart>(name: Name, load: (signal: AbortSignal) => Promise<DetailsValues[Name]>): Promise<void> {
    this.#running.get(name)?.abort();
    const controller = new AbortController();
    this.#running.set(name, controller);
    this.#set(withPart(this.#state, name, { reading: true }));
    try {
      const value = await load(controller.signal);
      if (!controller.signal.aborted) {
        const isFromAzure = name === 'identity' || name === 'credentials';
        this.#set({ ...withPart(this.#state, name, { value, reading: false, error: undefined }), ...(isFromAzure ? { readAt: this.#services.clock.now() } : {}) });
      }
    } catch (error) {
      if (!controller.signal.aborted && !isCancel(error)) {
        const failure = toAirflowIdentityError(error);
        this.#services.log.failure(`details: ${name}`, failure);
        this.#set(withPart(this.#state, name, { reading: false, error: failure }));
      }
    } finally {
      if (this.#running.get(name) === controller) {
        this.#running.delete(name);
      }
    }
  }

  async #roles(signal: AbortSignal): Promise<DetailsValues['roles']> {
    const { azure, roles } = this.#services;
    const { ref, parts } = this.#state;
    return roles.roles(parts.identity.value ?? (await azure().identity(ref, signal)), signal);
  }

  #directoryChanged(): void {
    const { ref, parts } = this.#state;
    const before = this.#seen;
    const now = this.#find(ref);
    this.#seen = now;
    let next: DetailsState = { ...this.#state, ...namesOf(this.#services.identities, ref, this.#state) };
    if (now !== undefined && now.identity !== before?.identity && !parts.identity.reading) {
      next = withPart(next, 'identity', { value: now.identity });
    }
    if (now?.credentials !== undefined && now.credentials !== before?.credentials && !parts.credentials.reading) {
      next = withPart(next, 'credentials', { value: now.credentials, error: undefined });
    }
    this.#set(next);
  }

  #find(ref: IdentityRef): KnownIdentity | undefined {
    return this.#services.identities.known().find(({ identity }) => isSameIdentity(identity, ref));
  }

  #set(state: DetailsState): void {
    this.#state = state;
    this.#changed.fire();
  }
}
