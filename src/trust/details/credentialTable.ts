import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../deployment/deployment.ts';
import { parseSubject, subjectOf } from '../../deployment/workload.ts';
import type { FederatedCredential } from '../../identity/federatedCredential.ts';
import type { ChangeView, ViewStatus } from '../../page/viewParts.ts';
import { errorNotice } from '../view/errorNotice.ts';
import { groupCredentials } from './credentialFindings.ts';
import type { CredentialFinding, CredentialGroup, FoundCredential } from './credentialFindings.ts';
import type { DetailsState } from './detailsState.ts';
import type { DetailsAction, DetailsNotice, DetailsRowView, GroupView, TableView } from './detailsView.ts';
import { partNotices, retryOf } from './partNotices.ts';

/** The federated credentials by deployment, each with what it does. */
export function credentialTable({ parts }: DetailsState, audience: string): TableView {
  const { credentials, deployments } = parts;
  const isComparing = deployments.value === undefined && deployments.error === undefined;
  const known = { deployments: deployments.value?.deployments ?? [], areAll: deployments.value?.failures.length === 0 };
  const groups = credentials.value === undefined ? [] : groupCredentials(credentials.value, known, audience);
  return {
    title: l10n.t('Federated credentials by deployment'),
    actions: (credentials.value?.length ?? 0) > 1 ? severalActions() : [],
    busy: credentials.reading || deployments.reading,
    text: credentials.value?.length === 0 ? l10n.t('No deployment can sign in as this identity yet. Connecting one creates a credential per workload.') : '',
    notices: [...partNotices('credentials', credentials), ...partNotices('deployments', deployments), ...sourceNotices(deployments.value?.failures ?? [])],
    heads: [l10n.t('Name'), l10n.t('Subject'), l10n.t('Status'), l10n.t('Actions')],
    groups: isComparing ? notCompared(groups) : groups.flatMap((group) => groupViews(group, known.areAll)),
  };
}

function severalActions(): DetailsAction[] {
  return [
    { label: l10n.t('Move to another identity…'), event: { kind: 'moveCredentials' }, style: 'link' },
    { label: l10n.t('Delete several…'), event: { kind: 'deleteSeveral' }, style: 'link' },
  ];
}

/** Deployments that are not known may be those that the credentials are for, so each failure is said here. */
function sourceNotices(failures: NonNullable<DetailsState['parts']['deployments']['value']>['failures']): readonly DetailsNotice[] {
  return failures.map((failure) =>
    failure.code === 'signedOut'
      ? {
          status: 'replace',
          text: l10n.t('Your deployments on Astro are not known, so credentials are compared with those entered by hand alone. {0}', failure.message),
          actions: [{ label: l10n.t('Set Astro API token…'), event: { kind: 'setAstroToken' }, style: 'link' }, retryOf('deployments')],
        }
      : errorNotice(failure, retryOf('deployments')));
}

function notCompared(groups: readonly CredentialGroup[]): GroupView[] {
  const rows = groups.flatMap(({ credentials }) => credentials).map(({ credential }) =>
    rowView(credential, { status: 'waiting', statusText: l10n.t('Not compared yet') }));
  return rows.length === 0 ? [] : [{ id: 'notCompared', detail: '', remark: '', actions: [], rows }];
}

function groupViews(group: CredentialGroup, areAllKnown: boolean): GroupView[] {
  if (group.deployment !== undefined) {
    return [deploymentGroup(group, group.deployment)];
  }
  const isForeign = ({ finding }: FoundCredential): boolean => finding.kind === 'flexible' || finding.kind === 'notAirflow';
  const part = (id: string, title: string, detail: string, found: readonly FoundCredential[]): GroupView[] =>
    found.length === 0 ? [] : [{ id, title, detail, remark: '', actions: [], rows: found.map(foundRow) }];
  return [
    ...part(
      'unknown',
      l10n.t('Unknown deployment'),
      areAllKnown ? l10n.t('no deployment you can see fits') : l10n.t('no deployment that could be listed fits'),
      group.credentials.filter((found) => !isForeign(found)),
    ),
    ...part('foreign', l10n.t('Not for Airflow'), l10n.t('other workloads that sign in as this identity'), group.credentials.filter(isForeign)),
  ];
}

function deploymentGroup({ credentials, workloads, trusted, missing }: CredentialGroup, deployment: Deployment): GroupView {
  const { sourceId, id, name } = deployment;
  const isWhole = missing.length === 0 && credentials.every(({ finding }) => finding.kind === 'inOrder');
  const repair: DetailsAction = {
    label: l10n.t('Repair trust'),
    accessibleName: l10n.t('Repair trust of {0}', name),
    event: { kind: 'repair', sourceId, deploymentId: id },
    style: 'link',
  };
  const compare: DetailsAction = {
    label: l10n.t('Compare'),
    accessibleName: l10n.t('Compare with what {0} needs', name),
    event: { kind: 'compare', sourceId, deploymentId: id },
    style: 'link',
  };
  return {
    id: `${sourceId} ${id}`,
    title: name,
    detail: l10n.t('{0} of {1} workloads trusted', trusted, workloads),
    remark: missing.length === 0 ? '' : l10n.t('Not trusted: {0}', missing.join(', ')),
    actions: isWhole || deployment.issuer === undefined ? [] : [repair, compare],
    rows: credentials.map(foundRow),
  };
}

function foundRow({ credential, finding }: FoundCredential): DetailsRowView {
  return rowView(credential, { ...shown(finding), ...explained(credential, finding) });
}

function rowView(
  credential: FederatedCredential,
  part: Pick<DetailsRowView, 'status' | 'statusText'> & Partial<Pick<DetailsRowView, 'statusIcon' | 'changes' | 'remarks'>>,
): DetailsRowView {
  return { id: `credential ${credential.name}`, name: credential.name, isCode: true, value: valueOf(credential), changes: [], remarks: [], buttons: buttonsOf(credential), ...part };
}

/** A flexible credential cannot be written through the API that is used here, only deleted. */
function buttonsOf({ name, subject }: FederatedCredential): DetailsRowView['buttons'] {
  const button = (icon: string, label: string, accessibleName: string, kind: 'editCredential' | 'duplicateCredential' | 'deleteCredential'): DetailsRowView['buttons'][number] => ({
    icon,
    action: { label, accessibleName, event: { kind, name }, style: 'link' },
  });
  return [
    ...(subject === undefined
      ? []
      : [
          button('edit', l10n.t('Edit'), l10n.t('Edit {0}', name), 'editCredential'),
          button('files', l10n.t('Duplicate'), l10n.t('Duplicate {0} to another identity', name), 'duplicateCredential'),
        ]),
    button('trash', l10n.t('Delete'), l10n.t('Delete {0}', name), 'deleteCredential'),
  ];
}

function valueOf({ subject, claimsMatchingExpression }: FederatedCredential): DetailsRowView['value'] {
  if (subject === undefined) {
    return { kind: 'code', text: claimsMatchingExpression ?? l10n.t('Matches claims by an expression that this version of Azure\'s API does not show.') };
  }
  const parsed = parseSubject(subject);
  return parsed === undefined ? { kind: 'code', text: subject } : { kind: 'subject', prefix: subjectOf(parsed.namespace, ''), rest: parsed.serviceAccount };
}

function shown(finding: CredentialFinding): { readonly status: ViewStatus; readonly statusText: string; readonly statusIcon?: string } {
  switch (finding.kind) {
    case 'inOrder':
      return { status: 'keep', statusText: l10n.t('In order') };
    case 'otherIssuer':
      return { status: 'replace', statusText: l10n.t('Other issuer') };
    case 'otherAudience':
      return { status: 'conflict', statusText: l10n.t('Other audience') };
    case 'letterCase':
      return { status: 'conflict', statusText: l10n.t('Letter case') };
    case 'trailingSlash':
      return { status: 'conflict', statusText: l10n.t('Slash at the end') };
    case 'noIssuer':
      return { status: 'waiting', statusText: l10n.t('No issuer yet') };
    case 'unknownNamespace':
      return { status: 'unconfirmed', statusText: l10n.t('Unknown namespace') };
    case 'unused':
      return { status: 'unconfirmed', statusText: l10n.t('Unused?') };
    case 'unknownIssuer':
      return { status: 'waiting', statusText: l10n.t('Not known') };
    case 'notAirflow':
      return { status: 'none', statusText: l10n.t('Other workload'), statusIcon: 'circle-large' };
    case 'flexible':
      return { status: 'none', statusText: l10n.t('Flexible'), statusIcon: 'regex' };
  }
}

function explained({ issuer, subject, audiences }: FederatedCredential, finding: CredentialFinding): { readonly changes: ChangeView[]; readonly remarks: string[] } {
  const issuerRemark = l10n.t('Issuer: {0}', issuer);
  switch (finding.kind) {
    case 'inOrder':
      return { changes: [], remarks: [] };
    case 'otherIssuer':
    case 'otherAudience':
    case 'letterCase':
    case 'trailingSlash': {
      const { what, needed } = finding;
      const label = { issuer: l10n.t('Issuer'), subject: l10n.t('Subject'), audience: l10n.t('Audience') }[what];
      const before = { issuer, subject: subject ?? '', audience: audiences.join(', ') }[what];
      return { changes: [{ label, before, after: needed }], remarks: [] };
    }
    case 'noIssuer':
      return { changes: [], remarks: [l10n.t('Astro gives the deployment an issuer when it is ready.'), issuerRemark] };
    case 'unknownNamespace':
      return { changes: [], remarks: [l10n.t('A cluster that you can see has this issuer, but no deployment there has this namespace.'), issuerRemark] };
    case 'unused':
    case 'unknownIssuer':
    case 'notAirflow':
    case 'flexible':
      return { changes: [], remarks: [issuerRemark] };
  }
}
