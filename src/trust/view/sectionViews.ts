import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../deployment/deployment.ts';
import { isUnsupportedRegion } from '../../identity/federatedCredential.ts';
import { planOf } from '../connectPlan.ts';
import { trustsRecovery } from '../connectRows.ts';
import { credentialHelp } from '../connectRequests.ts';
import type { ChosenIdentity, ConnectState } from '../connectState.ts';
import type { ActionView, FactView, NoticeView, SectionView } from '../connectView.ts';
import { errorNotice } from './errorNotice.ts';

function retry(): ActionView {
  return { label: l10n.t('Retry'), event: { kind: 'reload' }, style: 'link' };
}

/** The deployment with everything that decides about its subjects. */
export function deploymentSection(state: ConnectState): SectionView {
  const title = l10n.t('Deployment');
  const choose: ActionView = { label: l10n.t('Choose deployment…'), event: { kind: 'chooseDeployment' }, style: 'primary' };
  const byHand: ActionView = { label: l10n.t('Add deployment…'), event: { kind: 'enterDeployment' }, style: 'link' };
  const change: ActionView = {
    label: l10n.t('Change'),
    accessibleName: l10n.t('Change deployment'),
    event: { kind: 'chooseDeployment' },
    style: 'link',
  };
  const { deployment } = state;
  switch (deployment.kind) {
    case 'none':
      return {
        ...empty(title),
        text: l10n.t('Which Airflow deployment needs Azure? Its issuer, namespace and service accounts are filled in from Astro.'),
        prompts: [choose, byHand],
      };
    case 'loading':
      return { ...empty(title), text: l10n.t('Reading {0}…', deployment.ref.name), busy: true };
    case 'failed':
      return { ...empty(title), actions: [change], notices: [errorNotice(deployment.error, retry())] };
    case 'chosen': {
      return state.phase === 'review'
        ? {
            ...empty(title),
            actions: [change],
            facts: deploymentFacts(deployment.value, state),
            notices: deploymentNotices(deployment.value, state),
          }
        : { ...empty(title), facts: [nameFact(deployment.value.name), namespaceFact(deployment.value)] };
    }
  }
}

/** The identity with its quota. */
export function identitySection(state: ConnectState): SectionView {
  const title = l10n.t('Identity');
  const choose: ActionView = { label: l10n.t('Choose identity…'), event: { kind: 'chooseIdentity' }, style: 'secondary' };
  const change: ActionView = {
    label: l10n.t('Change'),
    accessibleName: l10n.t('Change identity'),
    event: { kind: 'chooseIdentity' },
    style: 'link',
  };
  const { identity } = state;
  switch (identity.kind) {
    case 'none':
      return {
        ...empty(title),
        text: l10n.t('Which managed identity should the deployment act as? You need a role that may write its federated credentials.'),
        prompts: [state.deployment.kind === 'chosen' ? { ...choose, style: 'primary' } : choose],
      };
    case 'loading':
      return { ...empty(title), text: l10n.t('Reading {0}…', identity.ref.name), busy: true };
    case 'failed':
      return { ...empty(title), actions: [change], notices: [errorNotice(identity.error, retry())] };
    case 'chosen': {
      const quota = quotaFact(state, identity.value.credentials.length);
      if (state.phase !== 'review') {
        return { ...empty(title), facts: [nameFact(identity.value.identity.name), quota] };
      }
      return {
        ...empty(title),
        actions: [showDetails(), reload(), change],
        facts: [...identityFacts(identity.value), quota],
        notices: identityNotices(state, identity.value.identity.location),
      };
    }
  }
}

function showDetails(): ActionView {
  return { label: l10n.t('Show details'), accessibleName: l10n.t('Show details of the identity'), event: { kind: 'showIdentity' }, style: 'link' };
}

/** What would go wrong with any credential, before one is written. */
function identityNotices(state: ConnectState, location: string): NoticeView[] {
  const help = credentialHelp(state);
  return [
    ...(isUnsupportedRegion(location)
      ? [warning(l10n.t('Identities in {0} cannot hold federated credentials. Choose an identity in another region.', location))]
      : []),
    ...(help === undefined
      ? []
      : [
          {
            status: 'replace',
            text: `${help.message} ${help.recipient}`,
            actions: [{ label: l10n.t('Copy text for your admin'), event: { kind: 'copyCredentialRequest' }, style: 'link' }],
          } satisfies NoticeView,
        ]),
  ];
}

function reload(): ActionView {
  return { label: l10n.t('Refresh'), accessibleName: l10n.t('Refresh deployment and identity'), event: { kind: 'reload' }, style: 'link' };
}

function deploymentFacts(deployment: Deployment, state: ConnectState): FactView[] {
  const facts: FactView[] = [nameFact(deployment.name)];
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') {
      facts.push({ label, value, style: 'text' });
    }
  };
  add(l10n.t('Workspace'), deployment.workspace.name);
  add(l10n.t('Runtime'), runtimeText(deployment));
  add(l10n.t('Executor'), executorText(deployment));
  add(l10n.t('Region'), [deployment.region, deployment.clusterName].filter(Boolean).join(', '));
  facts.push(namespaceFact(deployment));
  if (deployment.issuer !== undefined) {
    facts.push({
      label: l10n.t('Issuer'),
      value: deployment.issuer,
      style: 'code',
      copy: { label: l10n.t('Copy issuer'), event: { kind: 'copy', what: 'issuer' }, style: 'link' },
    });
  }
  if (deployment.drIssuer !== undefined) {
    facts.push({ label: l10n.t('Issuer for disaster recovery'), value: deployment.drIssuer, style: 'code' });
  }
  const check = issuerFact(state);
  return check === undefined ? facts : [...facts, check];
}

function runtimeText({ runtimeVersion, airflowVersion }: Deployment): string | undefined {
  if (runtimeVersion !== undefined && airflowVersion !== undefined) {
    return l10n.t('{0}, Airflow {1}', runtimeVersion, airflowVersion);
  }
  return runtimeVersion ?? (airflowVersion === undefined ? undefined : l10n.t('Airflow {0}', airflowVersion));
}

function executorText({ executor, remoteExecution }: Deployment): string | undefined {
  const name = { celery: l10n.t('Celery'), kubernetes: l10n.t('Kubernetes'), astro: l10n.t('Astro'), unknown: undefined }[executor];
  return remoteExecution ? l10n.t('Remote execution') : name;
}

function issuerFact({ issuerCheck }: ConnectState): FactView | undefined {
  const label = l10n.t('Issuer check');
  switch (issuerCheck.kind) {
    case 'none':
      return undefined;
    case 'checking':
      return { label, value: l10n.t('Reading its discovery document…'), style: 'text', status: 'writing' };
    case 'same':
      return { label, value: l10n.t('Reachable; its discovery document names the same issuer'), style: 'text', status: 'keep' };
    case 'differs':
      return { label, value: l10n.t('Its discovery document names another issuer'), style: 'text', status: 'replace' };
    case 'failed':
      return { label, value: l10n.t('Its discovery document cannot be read from here'), style: 'text', status: 'replace' };
  }
}

function deploymentNotices(deployment: Deployment, state: ConnectState): NoticeView[] {
  const { issuerCheck } = state;
  const notices: NoticeView[] = [];
  if (deployment.issuer === undefined && deployment.obstacle === undefined) {
    notices.push({
      status: 'failed',
      text: l10n.t('{0} has no issuer yet, so Azure cannot trust it. Astro assigns one when the deployment is ready; refresh then, or add the deployment otherwise.', deployment.name),
      actions: [
        { label: l10n.t('Refresh'), accessibleName: l10n.t('Refresh deployment'), event: { kind: 'reload' }, style: 'link' },
        { label: l10n.t('Add deployment…'), event: { kind: 'enterDeployment' }, style: 'link' },
      ],
    });
  }
  if (issuerCheck.kind === 'differs') {
    notices.push(warning(l10n.t('The discovery document names another issuer: {0} instead of {1}. Pods would be refused.', issuerCheck.found, deployment.issuer ?? '')));
  }
  if (issuerCheck.kind === 'failed') {
    notices.push(warning(l10n.t('{0} Microsoft Entra must be able to read it from the Internet, or pods are refused with AADSTS90061.', issuerCheck.error.message)));
  }
  if (deployment.obstacle !== undefined) {
    notices.push({
      ...warning(deployment.obstacle.text),
      actions: [{ label: l10n.t('Copy az command'), accessibleName: l10n.t('Copy the az command that enables it'), event: { kind: 'copy', what: 'deploymentFix' }, style: 'link' }],
    });
  }
  if (deployment.cloudProvider !== undefined && deployment.cloudProvider !== 'AZURE') {
    notices.push(
      warning(deployment.layout.kind !== 'astro'
        ? l10n.t('This deployment runs on {0}. Its pods get a token to exchange once the webhook of Azure Workload Identity runs in their cluster.', deployment.cloudProvider)
        : l10n.t('This deployment runs on {0}. Astro documents Azure workload identity for deployments on Azure only: elsewhere its pods may get no token to exchange.', deployment.cloudProvider)),
    );
  }
  return deployment.drIssuer === undefined ? notices : [...notices, recoveryNotice(trustsRecovery(state))];
}

function recoveryNotice(isTrusted: boolean): NoticeView {
  const change: ActionView = isTrusted
    ? { label: l10n.t('Leave it out'), accessibleName: l10n.t('Leave out the cluster for disaster recovery'), event: { kind: 'trustRecovery', on: false }, style: 'link' }
    : { label: l10n.t('Trust it as well'), accessibleName: l10n.t('Trust the cluster for disaster recovery as well'), event: { kind: 'trustRecovery', on: true }, style: 'link' };
  return {
    status: 'none',
    text: isTrusted
      ? l10n.t('The cluster that takes over in a disaster is trusted as well: one more credential per workload.')
      : l10n.t('In a disaster another cluster takes over, with an issuer of its own. Until that is trusted, pods there are refused.'),
    actions: [change],
  };
}

function nameFact(name: string): FactView {
  return { label: l10n.t('Name'), value: name, style: 'strong' };
}

function namespaceFact(deployment: Deployment): FactView {
  return { label: l10n.t('Namespace'), value: deployment.namespace, style: 'code' };
}

function identityFacts({ identity, subscriptionName, tenantName }: ChosenIdentity): FactView[] {
  return [
    nameFact(identity.name),
    { label: l10n.t('Subscription'), value: subscriptionName, style: 'text' },
    { label: l10n.t('Resource group'), value: identity.resourceGroup, style: 'text' },
    { label: l10n.t('Region'), value: identity.location, style: 'text' },
    { label: l10n.t('Tenant'), value: tenantName, style: 'text' },
    {
      label: l10n.t('Client ID'),
      value: identity.clientId,
      style: 'code',
      copy: { label: l10n.t('Copy client ID'), event: { kind: 'copy', what: 'clientId' }, style: 'link' },
    },
  ];
}

function quotaFact(state: ConnectState, standing: number): FactView {
  const plan = planOf(state);
  const limit = plan?.limit ?? 20;
  const written = [...(state.run?.progress ?? [])].filter(([, row]) => row.state === 'done' && row.outcome === 'created').length;
  const used = state.phase === 'applying' ? standing + written : standing;
  const after = state.phase === 'done' ? used : Math.max(plan?.after ?? used, used);
  const text =
    after === used ? l10n.t('{0} of {1} used', used, limit) : l10n.t('{0} of {1} used, {2} after', used, limit, after);
  return { label: l10n.t('Credentials'), value: text, style: 'text', quota: { used, planned: after - used, limit, text } };
}

function warning(text: string): NoticeView {
  return { status: 'replace', text, actions: [] };
}

function empty(title: string): SectionView {
  return { title, actions: [], prompts: [], busy: false, facts: [], notices: [] };
}
