import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import { isUnsupportedRegion, maxCredentialsPerIdentity } from '../identity/federatedCredential.ts';
import type { CredentialWrite, FederatedCredential } from '../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../identity/managedIdentity.ts';
import { refuseFlexible } from './editCredential.ts';
import { describeProblem, planTrust, rowsToWrite } from './plan.ts';
import type { PlanRow } from './plan.ts';

/** One credential on its way to another identity. */
export interface Transfer {
  readonly credential: FederatedCredential;
  /** As it will stand there; its name may be another one, where the target uses it for something else. */
  readonly wanted: CredentialWrite;
  /** The row that writes it, or `undefined` where the target trusts the same already. */
  readonly row: PlanRow | undefined;
}

/** What copying credentials to another identity writes there. */
export interface TransferPlan {
  readonly transfers: readonly Transfer[];
  /** Credentials of the target before and after. */
  readonly used: number;
  readonly after: number;
}

/**
 * Plans to have credentials on another identity too. Nothing on the target is ever replaced: where a name is taken, the copy
 * gets another one.
 *
 * @param held what stands on the target now
 * @throws AirflowIdentityError `invalidInput` where one of them is flexible, the region takes none, or the limit of 20 would
 *   be passed; `conflict` where the target holds an issuer and subject for another audience.
 */
export function planTransfer(credentials: readonly FederatedCredential[], target: Pick<ManagedIdentity, 'name' | 'location'>, held: readonly FederatedCredential[]): TransferPlan {
  credentials.forEach(refuseFlexible);
  if (isUnsupportedRegion(target.location)) {
    throw new AirflowIdentityError('invalidInput', l10n.t('{0} is in {1}, where identities take no federated credentials.', target.name, target.location), {
      fix: l10n.t('Choose an identity in another region.'),
    });
  }
  const taken = new Set(held.map(({ name }) => name.toLowerCase()));
  const desired = credentials.map((credential) => desiredOf(credential, held, taken));
  const plan = planTrust(desired, held);
  const problem = plan.rows.find((row) => row.status === 'conflict');
  if (problem?.status === 'conflict') {
    throw new AirflowIdentityError('conflict', describeProblem(problem.problem, (rowId) => rowId), {
      fix: l10n.t('Choose another identity, or delete that credential there first.'),
    });
  }
  if (!plan.fits) {
    throw new AirflowIdentityError(
      'invalidInput',
      l10n.t('{0} holds {1} of {2} credentials; {3} more do not fit.', target.name, plan.used, maxCredentialsPerIdentity, plan.after - plan.used),
      { fix: l10n.t('Choose another identity, or fewer credentials.') },
    );
  }
  const written = new Set(rowsToWrite(plan));
  return {
    used: plan.used,
    after: plan.after,
    transfers: plan.rows.flatMap((row, index) => {
      const credential = credentials[index];
      return credential === undefined ? [] : [{ credential, wanted: row.wanted, row: written.has(row) ? row : undefined }];
    }),
  };
}

function desiredOf({ name, issuer, subject = '', audiences }: FederatedCredential, held: readonly FederatedCredential[], taken: Set<string>): Parameters<typeof planTrust>[0][number] {
  const audience = audiences[0] ?? '';
  const standsThere = held.some((other) => other.issuer === issuer && other.subject === subject);
  const free = standsThere ? name : freeName(name, taken);
  taken.add(free.toLowerCase());
  return { rowId: name, name: free, issuer, subject, audience, ticked: true, recommended: true };
}

/** `name`, else `name-2` and so on, within the 120 characters of a name. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const tail = number === 1 ? '' : `-${number}`;
    const candidate = `${name.slice(0, 120 - tail.length)}${tail}`;
    if (!taken.has(candidate.toLowerCase())) {
      return candidate;
    }
  }
}
