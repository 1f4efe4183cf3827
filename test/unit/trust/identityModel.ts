import type { Clock } from '../../../src/clock.ts';
import { AirflowIdentityError } from '../../../src/errors.ts';
import { maxCredentialsPerIdentity, nameProblem } from '../../../src/identity/federatedCredential.ts';
import type { CredentialWrite, FederatedCredential } from '../../../src/identity/federatedCredential.ts';
import type { CredentialStore } from '../../../src/trust/apply.ts';
import type { DeletingStore } from '../../../src/trust/deleteCredentials.ts';

/** Time that passes only where somebody sleeps. */
export class StillClock implements Clock {
  readonly sleeps: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
    await Promise.resolve();
    signal?.throwIfAborted();
  }
}

/** The rules of the service for one identity (Entra docs, workload-identity-federation-considerations), in memory. */
export class IdentityModel implements CredentialStore, DeletingStore {
  /** Refusals for the next writes, in order; `undefined` lets one through. */
  readonly refusals: (AirflowIdentityError | undefined)[] = [];
  /** Lists that still answer without what was written last. */
  staleLists = 0;
  readonly writes: string[] = [];
  readonly deletions: string[] = [];
  lists = 0;
  #held: readonly FederatedCredential[];
  #before: readonly FederatedCredential[];
  #writing = false;

  constructor(held: readonly FederatedCredential[]) {
    this.#held = held;
    this.#before = held;
  }

  get held(): readonly FederatedCredential[] {
    return this.#held;
  }

  set held(held: readonly FederatedCredential[]) {
    this.#held = held;
    this.#before = held;
  }

  async list(signal: AbortSignal): Promise<readonly FederatedCredential[]> {
    signal.throwIfAborted();
    this.lists++;
    if (this.writes.length + this.deletions.length > 0 && this.staleLists > 0) {
      this.staleLists--;
      return this.#before;
    }
    return this.#held;
  }

  async write({ name, issuer, subject, audience }: CredentialWrite): Promise<FederatedCredential> {
    if (this.#writing) {
      throw concurrentWrites();
    }
    this.#writing = true;
    this.writes.push(name);
    await Promise.resolve();
    this.#writing = false;
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      throw refusal;
    }
    const others = this.#held.filter((held) => held.name.toLowerCase() !== name.toLowerCase());
    if (nameProblem(name) !== undefined) {
      throw refused('invalidInput', 'BadRequest', `Federated Identity Credential name '${name}' is invalid.`);
    }
    if (others.some((held) => held.issuer === issuer && held.subject === subject)) {
      throw refused('conflict', 'Conflict', 'Issuer and subject combination already exists for this Managed Identity.');
    }
    if (others.length >= maxCredentialsPerIdentity) {
      throw refused('invalidInput', 'BadRequest', 'Too many Federated Identity Credentials');
    }
    const written = { name, issuer, subject, audiences: [audience] };
    this.#before = this.#held;
    this.#held = [...others, written];
    return written;
  }

  async delete(name: string): Promise<void> {
    this.deletions.push(name);
    await Promise.resolve();
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      throw refusal;
    }
    this.#before = this.#held;
    this.#held = this.#held.filter((held) => held.name.toLowerCase() !== name.toLowerCase());
  }
}

export function refused(code: AirflowIdentityError['code'], serviceCode: string, message: string, retryAfterMs?: number): AirflowIdentityError {
  return new AirflowIdentityError(code, message, { details: { serviceCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } });
}

export function concurrentWrites(): AirflowIdentityError {
  return refused('conflict', 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity', 'Too many Federated Identity Credentials are written concurrently.');
}
