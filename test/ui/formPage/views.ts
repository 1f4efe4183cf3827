import type { ActionView, ConnectView, ConnectionView, FactView, SectionView } from '../../../src/trust/connectView.ts';
import { doneAccess, reviewAccess } from './accessViews.ts';
import { applyingRows, doneRows, reviewRows } from './rowViews.ts';

const clientId = '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71';
const tenantId = '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887';
const subscriptionId = 'c0ffee00-1234-4a5b-8c6d-7e8f90a1b2c3';

function sectionOf(title: string, part: Partial<SectionView> = {}): SectionView {
  return { title, actions: [], prompts: [], busy: false, facts: [], notices: [], ...part };
}

function fact(label: string, value: string, style: FactView['style'] = 'text'): FactView {
  return { label, value, style };
}

function quota(used: number, planned: number, text: string): FactView {
  return { ...fact('Credentials', text), quota: { used, planned, limit: 20, text } };
}

const connect = (disabled: boolean): ActionView => ({ label: 'Connect deployment', event: { kind: 'apply' }, style: 'primary', disabled });
const copyScript = (disabled: boolean): ActionView => ({ label: 'Copy as az commands', event: { kind: 'copyScript' }, style: 'secondary', disabled });

/** Nothing chosen yet. */
export const emptyView: ConnectView = {
  phase: 'empty',
  title: 'Connect deployment to Azure',
  subtitle: 'An identity trusts a deployment; a connection carries that trust into a project. No secret is created or stored.',
  notices: [],
  deployment: sectionOf('Deployment', {
    text: 'Which Airflow deployment needs Azure? Its issuer, namespace and service accounts are filled in from Astro.',
    prompts: [
      { label: 'Choose deployment…', event: { kind: 'chooseDeployment' }, style: 'primary' },
      { label: 'Enter by hand', event: { kind: 'enterDeployment' }, style: 'link' },
    ],
  }),
  identity: sectionOf('Identity', {
    text: 'Which managed identity should the deployment act as? You need a role that may write its federated credentials.',
    prompts: [{ label: 'Choose identity…', event: { kind: 'chooseIdentity' }, style: 'secondary' }],
  }),
  credentials: {
    title: 'Federated credentials',
    actions: [],
    text: 'Lists, per workload, what would be created, kept or replaced, once both are chosen.',
    rows: [],
    notices: [],
  },
  access: { title: 'Access', actions: [], text: 'Optional: what the deployment may read and write, such as one container. Without a role its tasks sign in and are refused.', rows: [] },
  connection: { title: 'Connection', text: 'Shows the Airflow connection as it would stand in etl-pipelines/airflow_settings.yaml.' },
  footer: {
    headline: 'Nothing planned yet.',
    detail: 'Choose a deployment and an identity to see what will be created.',
    actions: [connect(true), copyScript(true)],
  },
};

/** The connection as it would be filled into the template's first entry. */
export const connectionForm: ConnectionView = {
  connectionId: 'azure_wi',
  clientId,
  tenantId,
  type: 'azure',
  types: [{ id: 'azure', label: 'Azure' }, { id: 'wasb', label: 'Azure Blob Storage' }],
  typeHint: 'Manage resources, and sign in for the Azure SDK. Airflow calls it azure.',
  connectionIdHint: 'Operators look for azure_default unless they are told another ID.',
  fields: [{
    id: 'subscriptionId', label: 'Subscription ID (optional)', value: subscriptionId,
    hint: '',
    placeholder: 'For example 00000000-0000-0000-0000-000000000000',
    choose: { label: 'Choose…', accessibleName: 'Choose Subscription ID from your Azure' },
  }],
  targets: [
    { uri: 'file:///etl-pipelines/airflow_settings.yaml', label: 'etl-pipelines/airflow_settings.yaml' },
    { uri: '', label: 'Do not write a connection' },
  ],
  target: 'file:///etl-pipelines/airflow_settings.yaml',
  targetHint: 'Used by astro dev start on this computer. The deployment does not read this file.',
  notices: [],
  preview: {
    title: 'Preview of airflow_settings.yaml, lines 9 to 18',
    lines: [
      { kind: 'same', text: '  connections:' },
      { kind: 'removed', text: '    - conn_id:' },
      { kind: 'removed', text: '      conn_type:' },
      { kind: 'added', text: '    - conn_id: azure_wi' },
      { kind: 'added', text: '      conn_type: azure' },
      { kind: 'same', text: '      conn_host:' },
      { kind: 'same', text: '      conn_schema:' },
      { kind: 'removed', text: '      conn_extra:' },
      { kind: 'removed', text: '        example_extra_field: example-value' },
      {
        kind: 'added',
        text: `      conn_extra: '{"managed_identity_client_id":"${clientId}","workload_identity_tenant_id":"${tenantId}","subscriptionId":"${subscriptionId}"}'`,
      },
    ],
  },
};

/** Both chosen, and one row of each kind. */
export const reviewView: ConnectView = {
  phase: 'review',
  title: 'Connect deployment to Azure',
  subtitle: 'An identity trusts a deployment; a connection carries that trust into a project. Nothing is written until you connect.',
  notices: [],
  deployment: sectionOf('Deployment', {
    actions: [{ label: 'Change', accessibleName: 'Change deployment', event: { kind: 'chooseDeployment' }, style: 'link' }],
    facts: [
      fact('Name', 'customer-360-prod', 'strong'),
      fact('Workspace', 'Data Platform'),
      fact('Runtime', '3.1-12, Airflow 3.1'),
      fact('Executor', 'Celery'),
      fact('Region', 'westus2, hybrid cluster aks-data'),
      fact('Namespace', 'weightless-diameter-8927', 'code'),
      {
        ...fact('Issuer', 'https://westus2.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9/5e6f7081-92a3-44b5-86c7-d8e9fa0b1c2d/', 'code'),
        copy: { label: 'Copy issuer', event: { kind: 'copy', what: 'issuer' }, style: 'link' },
      },
      { ...fact('Issuer check', 'Reachable; its discovery document names the same issuer'), status: 'keep' },
    ],
  }),
  identity: sectionOf('Identity', {
    actions: [{ label: 'Change', accessibleName: 'Change identity', event: { kind: 'chooseIdentity' }, style: 'link' }],
    facts: [
      fact('Name', 'id-airflow-prod', 'strong'),
      fact('Subscription', 'Data Platform Production'),
      fact('Resource group', 'rg-airflow-identity'),
      fact('Region', 'westus2'),
      fact('Tenant', 'contoso.com'),
      { ...fact('Client ID', clientId, 'code'), copy: { label: 'Copy client ID', event: { kind: 'copy', what: 'clientId' }, style: 'link' } },
      quota(7, 4, '7 of 20 used, 11 after'),
    ],
  }),
  credentials: {
    title: 'Federated credentials',
    actions: [
      { label: 'Edit subjects', event: { kind: 'editSubjects', on: true }, style: 'link' },
      { label: 'Add service account', event: { kind: 'addServiceAccount' }, style: 'link' },
    ],
    text: 'One credential per workload. Each trusts the issuer above for the audience api://AzureADTokenExchange.',
    audience: 'api://AzureADTokenExchange',
    rows: [...reviewRows],
    notices: [],
  },
  access: reviewAccess,
  connection: { title: 'Connection', form: connectionForm },
  footer: {
    headline: 'Creates 4 federated credentials, gives 1 role, adds 1 connection.',
    detail: 'Leaves out Worker (replacement), API server (unconfirmed), spark-driver (conflict), quality-checks (conflict).',
    actions: [connect(false), copyScript(false)],
  },
};

/** Everything that can be wrong or under way at once: notices with ways out, a busy section, an entry with other values. */
export const troubledView: ConnectView = {
  ...reviewView,
  notices: [
    {
      status: 'failed',
      text: 'The session of contoso.com has expired. Sign in again; what you were doing then goes on.',
      actions: [
        { label: 'Sign in again', event: { kind: 'signInAgain' }, style: 'link' },
        { label: 'Show log', event: { kind: 'showLog' }, style: 'link' },
      ],
    },
  ],
  deployment: {
    ...reviewView.deployment,
    facts: [
      ...reviewView.deployment.facts.slice(0, -1),
      { ...fact('Issuer check', 'Its discovery document names another issuer'), status: 'replace' },
    ],
    notices: [
      {
        status: 'replace',
        text: 'The discovery document names another issuer: https://westus2.oic.prod-aks.azure.com/other/ instead of https://westus2.oic.prod-aks.azure.com/this/. Pods would be refused.',
        actions: [],
      },
    ],
  },
  identity: sectionOf('Identity', { text: 'Reading id-airflow-prod…', busy: true }),
  credentials: {
    ...reviewView.credentials,
    notices: [
      {
        status: 'conflict',
        text: '23 of 20 needed: untick 3 or choose another identity.',
        actions: [{ label: 'Choose another identity', event: { kind: 'chooseIdentity' }, style: 'link' }],
      },
    ],
  },
  connection: {
    title: 'Connection',
    form: {
      ...connectionForm,
      connectionId: '',
      connectionIdProblem: 'Airflow finds the connection by this name. Enter one, such as azure_wi.',
      notices: [
        {
          status: 'replace',
          text: 'etl-pipelines/airflow_settings.yaml already holds a connection azure_wi with other values. Tick to change it, or choose another connection ID.',
          actions: [],
        },
      ],
      differs: {
        existing: '- conn_id: azure_wi\n  conn_type: wasb',
        wanted: '- conn_id: azure_wi\n  conn_type: azure',
        overwrite: false,
        label: 'Change the existing connection azure_wi',
      },
    },
  },
  footer: { ...reviewView.footer, headline: '23 of 20 needed: untick 3 or choose another identity.', actions: [connect(true), copyScript(false)] },
};

/** Two of four are written. */
export const applyingView: ConnectView = {
  ...reviewView,
  phase: 'applying',
  title: 'Connecting deployment to Azure',
  subtitle: 'You can close this tab: the work goes on, and its progress stays in the Identities view.',
  deployment: sectionOf('Deployment', { facts: [fact('Name', 'customer-360-prod', 'strong'), fact('Namespace', 'weightless-diameter-8927', 'code')] }),
  identity: sectionOf('Identity', { facts: [fact('Name', 'id-airflow-prod', 'strong'), quota(9, 2, '9 of 20 used, 11 after')] }),
  credentials: { title: 'Federated credentials', actions: [], text: '', rows: [...applyingRows], notices: [] },
  connection: { title: 'Connection', text: 'azure_wi in etl-pipelines/airflow_settings.yaml' },
  access: doneAccess,
  footer: {
    headline: '2 of 4 federated credentials written.',
    detail: 'About 20 s left. Azure accepts one credential at a time per identity.',
    progress: { done: 2, total: 4 },
    actions: [{ label: 'Stop', event: { kind: 'stop' }, style: 'secondary', disabled: false }],
  },
};

/** Three are written, one failed. */
export const doneView: ConnectView = {
  ...applyingView,
  phase: 'done',
  title: 'Connected, except for dbt-runner',
  subtitle: 'Read back from Azure at 14:06. What failed changed nothing and can be tried again.',
  outcome: {
    title: 'What was done',
    lines: [
      { status: 'failed', text: 'Could not create the credential for dbt-runner', rowId: 'dbt-runner' },
      { status: 'done', text: 'Created 3 federated credentials' },
      {
        status: 'done',
        text: 'Added connection azure_wi to airflow_settings.yaml, line 10',
        action: { label: 'airflow_settings.yaml, line 10', event: { kind: 'openConnection' }, style: 'link' },
      },
    ],
    nextTitle: 'Next',
    next: [
      'Wait a few minutes before the first run: until Azure has spread the new credentials, tasks may fail with AADSTS70021.',
      'Give the identity a role on what your tasks read and write. Without one they sign in and are refused.',
    ],
  },
  identity: sectionOf('Identity', { facts: [fact('Name', 'id-airflow-prod', 'strong'), quota(10, 1, '10 of 20 used, 11 after retry')] }),
  credentials: { ...applyingView.credentials, rows: [...doneRows] },
  footer: {
    headline: 'Created 3 federated credentials, added 1 connection. 1 credential failed.',
    detail: 'Retry creates dbt-runner and touches nothing else.',
    actions: [
      { label: 'Retry 1 credential', event: { kind: 'retryFailed' }, style: 'primary' },
      { label: 'Back to the plan', event: { kind: 'review' }, style: 'secondary' },
    ],
  },
};
