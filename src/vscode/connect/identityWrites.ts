import type { IdentityRef } from '../../identity/managedIdentity.ts';
import { formatIdentityId } from '../../identity/armId.ts';
import { Limiter } from '../limiter.ts';

/**
 * Lets one run at a time write to an identity, also when two forms or a form and the keyboard flow apply at once: the
 * service refuses concurrent writes under one identity.
 */
export class IdentityWrites {
  readonly #turns = new Map<string, Limiter>();

  /** Gives what `write` gives, once no other run writes to the identity. */
  run<T>(ref: IdentityRef, write: () => Promise<T>): Promise<T> {
    const id = formatIdentityId(ref).toLowerCase();
    const turn = this.#turns.get(id) ?? new Limiter(1);
    this.#turns.set(id, turn);
    return turn.run(write);
  }
}
