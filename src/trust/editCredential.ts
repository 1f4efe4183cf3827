import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { FederatedCredential, Trust } from '../identity/federatedCredential.ts';
import { describeProblem, planTrust, sameTrust } from './plan.ts';
import type { PlanRow } from './plan.ts';

/** One row: the credential itself. */
const rowId = 'edited';

/** What editing a credential would do. */
export type CredentialEdit =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'replace'; readonly row: PlanRow }
  /** Another credential of the identity stands in the way; `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Plans other values for a credential that stands on an identity; its name cannot be changed (ARM: it is part of the id).
 *
 * @param shown as the user saw it
 * @param held all credentials of the identity as they stand now
 * @throws AirflowIdentityError `invalidInput` for a flexible one, `conflict` when it was changed or deleted meanwhile.
 */
export function planEdit(shown: FederatedCredential, values: Trust, held: readonly FederatedCredential[]): CredentialEdit {
  refuseFlexible(shown);
  const now = held.find(({ name }) => name.toLowerCase() === shown.name.toLowerCase());
  if (now === undefined || !sameTrust(now, shown)) {
    throw new AirflowIdentityError(
      'conflict',
      now === undefined ? l10n.t('Credential {0} is gone.', shown.name) : l10n.t('Credential {0} was changed by somebody else meanwhile.', shown.name),
      { fix: l10n.t('Refresh the identity and look at it again.') },
    );
  }
  const [row] = planTrust([{ rowId, name: now.name, ...values, ticked: true, recommended: true }], held).rows;
  switch (row?.status) {
    case undefined:
    case 'create':
      return { kind: 'unchanged' };
    case 'keep':
      return row.existing === now ? { kind: 'unchanged' } : { kind: 'refused', why: l10n.t('Credential {0} already holds exactly this.', row.existing.name) };
    case 'replace':
      return { kind: 'replace', row };
    case 'conflict':
      return { kind: 'refused', why: describeProblem(row.problem, () => shown.name) };
  }
}

/**
 * Writing a flexible credential with this product would make a plain one of it, since the API that it uses has no expression.
 * @throws AirflowIdentityError `invalidInput` for a flexible credential.
 */
export function refuseFlexible(credential: FederatedCredential): void {
  if (credential.subject === undefined) {
    throw new AirflowIdentityError('invalidInput', l10n.t('Credential {0} is flexible: it matches claims by an expression, which would be lost.', credential.name), {
      fix: l10n.t('Change it in the Azure portal.'),
    });
  }
}
