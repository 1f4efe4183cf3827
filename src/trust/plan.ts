import * as l10n from '@vscode/l10n';
import { maxCredentialsPerIdentity, nameProblem, valueProblem } from '../identity/federatedCredential.ts';
import type { CredentialWrite, FederatedCredential, Trust } from '../identity/federatedCredential.ts';

/** A credential somebody wants, for one workload. */
export interface DesiredCredential extends CredentialWrite {
  /** Ties the plan's row to the form's. */
  readonly rowId: string;
  /** What the user ticked; `undefined` while untouched, then `recommended` decides. */
  readonly ticked: boolean | undefined;
  readonly recommended: boolean;
}

/** Why a row cannot be written as it is. */
export type RowProblem =
  /** Azure keeps issuer + subject unique per identity; another name already holds the pair, for another audience. */
  | { readonly code: 'pairTaken'; readonly existing: FederatedCredential }
  | { readonly code: 'pairTwice'; readonly otherRowId: string }
  | { readonly code: 'nameTwice'; readonly otherRowId: string }
  /** The credential of this name is the one that another wanted workload already uses. */
  | { readonly code: 'nameInUse'; readonly otherRowId: string }
  | { readonly code: 'nameInvalid'; readonly message: string }
  | { readonly code: 'valueInvalid'; readonly what: 'issuer' | 'subject' | 'audience'; readonly message: string }
  /** The name belongs to a flexible credential, which replacing would destroy. */
  | { readonly code: 'flexible'; readonly existing: FederatedCredential };

/** Something on the identity that looks like the wanted trust and is not, since Entra compares letter by letter. */
export interface NearMiss {
  readonly credential: string;
  readonly differs: 'letterCase' | 'trailingSlash';
  readonly what: 'issuer' | 'subject';
  readonly value: string;
}

interface RowFacts {
  readonly rowId: string;
  readonly wanted: CredentialWrite;
  /** Whether applying would do something about this row. */
  readonly ticked: boolean;
  readonly nearMisses: readonly NearMiss[];
}

/** What applying would do for one workload. */
export type PlanRow = RowFacts &
  (
    | { readonly status: 'create' }
    /** The same issuer, subject and audience stand already, whatever the credential's name. */
    | { readonly status: 'keep'; readonly existing: FederatedCredential }
    /** The name is taken by other values; off until the user ticks it. */
    | { readonly status: 'replace'; readonly existing: FederatedCredential; readonly changes: readonly (keyof Trust)[] }
    | { readonly status: 'conflict'; readonly problem: RowProblem }
  );

/** The whole plan for one identity. */
export interface TrustPlan {
  readonly rows: readonly PlanRow[];
  /** Credentials that stand on the identity now. */
  readonly used: number;
  /** Credentials after applying. */
  readonly after: number;
  readonly limit: number;
  readonly fits: boolean;
  /** Existing credentials whose issuer no known deployment has: candidates when space is needed. Nothing is deleted. */
  readonly unused: readonly FederatedCredential[];
}

/**
 * Compares wanted credentials with those that stand on the identity. Pure: what it says is what `applyPlan` will do.
 *
 * Rules of the service (Entra docs, workload-identity-federation-considerations): 20 per identity, issuer + subject
 * unique per identity, names unique (ARM ignores their letter case), values compared letter by letter at token exchange.
 *
 * @param knownIssuers issuers of all deployments known to the user; with none, nothing is called unused.
 */
export function planTrust(
  desired: readonly DesiredCredential[],
  existing: readonly FederatedCredential[],
  knownIssuers: ReadonlySet<string> = new Set(),
): TrustPlan {
  const rows: PlanRow[] = [];
  for (const wanted of desired) {
    rows.push(planRow(wanted, rows, desired, existing));
  }
  const created = rows.filter((row) => row.status === 'create' && row.ticked).length;
  const after = existing.length + created;
  const wantedIssuers = new Set(desired.map((wanted) => wanted.issuer));
  return {
    rows,
    used: existing.length,
    after,
    limit: maxCredentialsPerIdentity,
    fits: created === 0 || after <= maxCredentialsPerIdentity,
    unused:
      knownIssuers.size === 0
        ? []
        : existing.filter((held) => !knownIssuers.has(held.issuer) && !wantedIssuers.has(held.issuer)),
  };
}

/** Rows that applying would write, in their order. */
export function rowsToWrite(plan: TrustPlan): readonly PlanRow[] {
  return plan.rows.filter((row) => row.ticked && (row.status === 'create' || row.status === 'replace'));
}

/** True when the credential trusts exactly this, and nothing else. */
export function trusts(held: FederatedCredential, wanted: Trust): boolean {
  return held.audiences.length === 1 && held.audiences[0] === wanted.audience && samePair(held, wanted);
}

/** True when two credentials trust the same, whatever their names. */
export function sameTrust(a: FederatedCredential, b: FederatedCredential): boolean {
  return a.issuer === b.issuer && a.subject === b.subject && a.audiences.join('\n') === b.audiences.join('\n');
}

function samePair(held: FederatedCredential, wanted: Trust): boolean {
  return held.issuer === wanted.issuer && held.subject === wanted.subject;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function planRow(
  desired: DesiredCredential,
  earlier: readonly PlanRow[],
  all: readonly DesiredCredential[],
  existing: readonly FederatedCredential[],
): PlanRow {
  const { rowId, name, issuer, subject, audience } = desired;
  const wanted: CredentialWrite = { name, issuer, subject, audience };
  const nearMisses = existing.flatMap((held) => nearMiss(held, wanted));
  const ticked = desired.ticked ?? desired.recommended;
  const conflict = (problem: RowProblem): PlanRow => ({ rowId, wanted, nearMisses, ticked: false, status: 'conflict', problem });

  for (const [what, value] of [['issuer', issuer], ['subject', subject], ['audience', audience]] as const) {
    const message = valueProblem(what, value);
    if (message !== undefined) {
      return conflict({ code: 'valueInvalid', what, message });
    }
  }
  const pairTwin = earlier.find((other) => other.wanted.issuer === issuer && other.wanted.subject === subject);
  if (pairTwin !== undefined) {
    return conflict({ code: 'pairTwice', otherRowId: pairTwin.rowId });
  }
  const holder = existing.find((held) => samePair(held, wanted));
  if (holder !== undefined && trusts(holder, wanted)) {
    return { rowId, wanted, nearMisses: [], ticked: true, status: 'keep', existing: holder };
  }
  const message = nameProblem(name);
  if (message !== undefined) {
    return conflict({ code: 'nameInvalid', message });
  }
  const nameTwin = earlier.find((other) => (other.status === 'create' || other.status === 'replace') && sameName(other.wanted.name, name));
  if (nameTwin !== undefined) {
    return conflict({ code: 'nameTwice', otherRowId: nameTwin.rowId });
  }
  const namesake = existing.find((held) => sameName(held.name, name));
  if (holder !== undefined && holder !== namesake) {
    return conflict({ code: 'pairTaken', existing: holder });
  }
  if (namesake === undefined) {
    return { rowId, wanted, nearMisses, ticked, status: 'create' };
  }
  if (namesake.subject === undefined) {
    return conflict({ code: 'flexible', existing: namesake });
  }
  const user = all.find((other) => other.rowId !== rowId && samePair(namesake, other));
  if (user !== undefined) {
    return conflict({ code: 'nameInUse', otherRowId: user.rowId });
  }
  return {
    rowId,
    wanted,
    nearMisses: nearMisses.filter((miss) => miss.credential !== namesake.name),
    // A recommendation is no consent to take a credential away from whoever uses it now.
    ticked: desired.ticked ?? false,
    status: 'replace',
    existing: namesake,
    changes: changesOf(namesake, wanted),
  };
}

function changesOf(held: FederatedCredential, wanted: Trust): readonly (keyof Trust)[] {
  const changes: (keyof Trust)[] = [];
  if (held.issuer !== wanted.issuer) {
    changes.push('issuer');
  }
  if (held.subject !== wanted.subject) {
    changes.push('subject');
  }
  if (held.audiences.length !== 1 || held.audiences[0] !== wanted.audience) {
    changes.push('audience');
  }
  return changes;
}

/**
 * Entra compares subjects with letter case since August 2024 (reference-breaking-changes; Azure/login#515) and issuers
 * with their trailing slash (Azure/azure-workload-identity#1700), so such a credential helps nobody and misleads.
 */
export function nearMiss(held: FederatedCredential, wanted: Trust): readonly NearMiss[] {
  if (held.subject === undefined) {
    return [];
  }
  const credential = held.name;
  const sameIssuer = held.issuer === wanted.issuer;
  const sameSubject = held.subject === wanted.subject;
  if (sameIssuer && !sameSubject && held.subject.toLowerCase() === wanted.subject.toLowerCase()) {
    return [{ credential, differs: 'letterCase', what: 'subject', value: held.subject }];
  }
  if (sameSubject && !sameIssuer && held.issuer.replace(/\/$/, '') === wanted.issuer.replace(/\/$/, '')) {
    return [{ credential, differs: 'trailingSlash', what: 'issuer', value: held.issuer }];
  }
  if (sameSubject && !sameIssuer && held.issuer.toLowerCase() === wanted.issuer.toLowerCase()) {
    return [{ credential, differs: 'letterCase', what: 'issuer', value: held.issuer }];
  }
  return [];
}

/** Says in a sentence why a row is a conflict, and what to do. */
export function describeProblem(problem: RowProblem, titleOf: (rowId: string) => string): string {
  switch (problem.code) {
    case 'pairTaken':
      return l10n.t(
        'Credential {0} already holds this issuer and subject, for the audience {1}. An identity can hold each pair only once.',
        problem.existing.name,
        problem.existing.audiences.join(', '),
      );
    case 'pairTwice':
      return l10n.t('{0} already has this service account. An identity can hold each issuer and subject only once.', titleOf(problem.otherRowId));
    case 'nameTwice':
      return l10n.t('{0} already uses this name. Give one of them another name.', titleOf(problem.otherRowId));
    case 'nameInUse':
      return l10n.t('The credential of this name is the one that {0} uses. Give this credential another name.', titleOf(problem.otherRowId));
    case 'nameInvalid':
    case 'valueInvalid':
      return problem.message;
    case 'flexible':
      return l10n.t(
        'Credential {0} matches claims by an expression, which replacing would destroy. Give this credential another name.',
        problem.existing.name,
      );
  }
}

/** Says in a sentence why a credential that looks right does not help. */
export function describeNearMiss(miss: NearMiss): string {
  return miss.differs === 'letterCase'
    ? l10n.t('Credential {0} differs only in letter case ({1}). Microsoft Entra compares letter by letter, so it does not help.', miss.credential, miss.value)
    : l10n.t('Credential {0} differs only in the slash at the end ({1}). Microsoft Entra compares letter by letter, so it does not help.', miss.credential, miss.value);
}
