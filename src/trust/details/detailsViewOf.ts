import * as l10n from '@vscode/l10n';
import { isUnsupportedRegion, maxCredentialsPerIdentity } from '../../identity/federatedCredential.ts';
import type { ManagedIdentity } from '../../identity/managedIdentity.ts';
import { connectionTable } from './connectionTable.ts';
import { credentialTable } from './credentialTable.ts';
import type { DetailsEvent } from './detailsEvents.ts';
import type { DetailsState } from './detailsState.ts';
import type { DetailsAction, DetailsFact, DetailsView } from './detailsView.ts';
import { partNotices } from './partNotices.ts';
import { roleTable } from './roleTable.ts';

/** What the view depends on beside the state. */
export interface DetailsSurroundings {
  /** The audience of the cloud. */
  readonly audience: string;
  /** A moment in the user's way of writing it, such as `14:02`. */
  readonly formatTime: (milliseconds: number) => string;
}

/** The page of an identity in words. */
export function detailsViewOf(state: DetailsState, { audience, formatTime }: DetailsSurroundings): DetailsView {
  const { identity } = state.parts;
  return {
    title: identity.value?.name ?? state.ref.name,
    subtitle: subtitle(state, formatTime),
    actions: pageActions(state),
    facts: {
      title: l10n.t('Facts'),
      busy: identity.reading,
      notices: [
        ...partNotices('identity', identity),
        ...(identity.value !== undefined && isUnsupportedRegion(identity.value.location)
          ? [{ status: 'replace' as const, text: l10n.t('Identities in {0} cannot hold federated credentials.', identity.value.location), actions: [] }]
          : []),
      ],
      columns: identity.value === undefined ? [] : [placeFacts(identity.value, state), [...idFacts(identity.value), ...quotaFacts(state)]],
      wide: identity.value === undefined ? [] : [copied(l10n.t('Resource ID'), l10n.t('Copy resource ID'), identity.value.id, 'resourceId')],
    },
    credentials: credentialTable(state, audience),
    roles: roleTable(state),
    connections: connectionTable(state),
  };
}

function subtitle({ parts, readAt }: DetailsState, formatTime: (milliseconds: number) => string): string {
  const kind = l10n.t('User-assigned managed identity.');
  if (parts.identity.reading || parts.credentials.reading) {
    return l10n.t('{0} Reading from Azure…', kind);
  }
  return readAt === undefined ? kind : l10n.t('{0} Read from Azure at {1}.', kind, formatTime(readAt));
}

function pageActions({ parts }: DetailsState): DetailsAction[] {
  const isUnknown = parts.identity.value === undefined;
  return [
    { label: l10n.t('Open in portal'), event: { kind: 'openPortal' }, style: 'link', disabled: isUnknown },
    { label: l10n.t('Refresh'), event: { kind: 'refresh' }, style: 'link' },
    { label: l10n.t('Connect deployment…'), event: { kind: 'connect' }, style: 'primary', disabled: isUnknown },
  ];
}

function placeFacts(identity: ManagedIdentity, { subscriptionName, tenantName }: DetailsState): DetailsFact[] {
  const tags = Object.entries(identity.tags).map(([name, value]) => (value === '' ? name : `${name}: ${value}`));
  const fact = (label: string, value: string): DetailsFact => ({ label, value, style: 'text' });
  return [
    fact(l10n.t('Subscription'), subscriptionName),
    fact(l10n.t('Resource group'), identity.resourceGroup),
    fact(l10n.t('Region'), identity.location),
    fact(l10n.t('Tenant'), tenantName),
    { ...fact(l10n.t('Tags'), tags.length === 0 ? l10n.t('none') : tags.join(', ')), edit: { label: l10n.t('Edit tags'), event: { kind: 'editTags' }, style: 'link' } },
  ];
}

function idFacts(identity: ManagedIdentity): DetailsFact[] {
  return [
    copied(l10n.t('Client ID'), l10n.t('Copy client ID'), identity.clientId, 'clientId'),
    copied(l10n.t('Principal ID'), l10n.t('Copy principal ID'), identity.principalId, 'principalId'),
    copied(l10n.t('Tenant ID'), l10n.t('Copy tenant ID'), identity.homeTenantId, 'tenantId'),
  ];
}

function copied(label: string, copyLabel: string, value: string, what: Extract<DetailsEvent, { kind: 'copy' }>['what']): DetailsFact {
  return { label, value, style: 'code', copy: { label: copyLabel, event: { kind: 'copy', what }, style: 'link' } };
}

function quotaFacts({ parts }: DetailsState): DetailsFact[] {
  const used = parts.credentials.value?.length;
  if (used === undefined) {
    return [];
  }
  const text = l10n.t('{0} of {1} used', used, maxCredentialsPerIdentity);
  return [{ label: l10n.t('Credentials'), value: text, style: 'text', quota: { used, planned: 0, limit: maxCredentialsPerIdentity, text } }];
}
