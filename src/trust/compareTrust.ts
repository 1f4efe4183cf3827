import * as l10n from '@vscode/l10n';
import { issuersOf } from '../deployment/deployment.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Workload } from '../deployment/workload.ts';
import { workloadsOf } from '../deployment/layouts/layouts.ts';
import { parseSubject, subjectOf } from '../deployment/workload.ts';
import type { FederatedCredential } from '../identity/federatedCredential.ts';
import { describeNearMiss, describeProblem, planTrust } from './plan.ts';
import type { PlanRow } from './plan.ts';

/** What an identity holds for one workload. */
export interface ComparedWorkload {
  readonly workload: Workload;
  readonly status:
    | 'trusted'
    | 'missing'
    /** Something on the identity looks like it and does not help. */
    | 'other';
  /** The credential that trusts it; absent otherwise. */
  readonly credential: string | undefined;
  /** What is wrong with what stands there, as sentences. */
  readonly notes: readonly string[];
}

/** A deployment's workloads against the credentials of an identity. */
export interface Comparison {
  readonly workloads: readonly ComparedWorkload[];
  /** Credentials for service accounts of the deployment's namespace that are no workload known here, or for another issuer. */
  readonly further: readonly FederatedCredential[];
  /** How many of the workloads that are worth it are trusted. */
  readonly trusted: number;
  readonly recommended: number;
}

/**
 * Compares what a deployment needs with what stands on an identity, letter by letter as Entra does. A deployment without an
 * issuer, which is still being created, can have nothing yet.
 */
export function compareTrust(deployment: Deployment, held: readonly FederatedCredential[], audience: string): Comparison {
  const { issuer = '', namespace } = deployment;
  const workloads = workloadsOf(deployment);
  const plan = planTrust(
    workloads.map(({ id, credentialName, serviceAccount, recommended }) => ({
      rowId: id, name: credentialName, issuer, subject: subjectOf(namespace, serviceAccount), audience, ticked: undefined, recommended,
    })),
    held,
  );
  const compared = plan.rows.flatMap((row) => {
    const workload = workloads.find(({ id }) => id === row.rowId);
    return workload === undefined ? [] : [comparedOf(workload, row, issuer)];
  });
  const subjects = new Set(workloads.map(({ serviceAccount }) => subjectOf(namespace, serviceAccount)));
  return {
    workloads: compared,
    further: held.filter((credential) => isOfNamespace(credential, namespace) && !(issuersOf(deployment).includes(credential.issuer) && subjects.has(credential.subject ?? ''))),
    trusted: compared.filter(({ workload, status }) => workload.recommended && status === 'trusted').length,
    recommended: workloads.filter(({ recommended }) => recommended).length,
  };
}

function comparedOf(workload: Workload, row: PlanRow, issuer: string): ComparedWorkload {
  if (issuer === '') {
    return { workload, status: 'missing', credential: undefined, notes: [] };
  }
  if (row.status === 'keep') {
    return { workload, status: 'trusted', credential: row.existing.name, notes: [] };
  }
  const notes = [...obstacleOf(row), ...row.nearMisses.map(describeNearMiss)];
  return { workload, status: notes.length > 0 ? 'other' : 'missing', credential: undefined, notes };
}

function obstacleOf(row: PlanRow): readonly string[] {
  switch (row.status) {
    case 'create':
    case 'keep':
      return [];
    case 'replace': {
      const what = { issuer: l10n.t('issuer'), subject: l10n.t('subject'), audience: l10n.t('audience') };
      return [l10n.t('Credential {0} has this name and another {1}.', row.existing.name, row.changes.map((change) => what[change]).join(', '))];
    }
    case 'conflict':
      return [describeProblem(row.problem, (rowId) => rowId)];
  }
}

function isOfNamespace({ subject }: FederatedCredential, namespace: string): boolean {
  return subject !== undefined && parseSubject(subject)?.namespace === namespace;
}
