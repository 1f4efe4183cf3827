// Run as a process of its own by realClients.test.ts, with the variables of `cloud.env` and nothing else: Microsoft's own
// clients talk to the real host names, and what they got is printed as one JSON object.
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import type { TokenCredential } from '@azure/core-auth';
import { RestError } from '@azure/core-rest-pipeline';
import { ClientAssertionCredential, ClientSecretCredential } from '@azure/identity';
import { ControlClient } from '../../cloud/control/controlClient.ts';
import { sample } from '../../cloud/sampleWorld.ts';

const control = new ControlClient(process.env['HTTPS_PROXY'] ?? '');
const { airflowProd, airflowDev, reporting } = sample.identities;
const { issuer, subject } = { issuer: sample.issuers.prod, subject: 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount' };

function clientFor(credential: TokenCredential, subscription: string): ManagedServiceIdentityClient {
  return new ManagedServiceIdentityClient(credential, subscription);
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'success';
  } catch (error) {
    return error instanceof RestError ? `${error.statusCode ?? ''} ${error.code ?? ''}` : String(error);
  }
}

function body(name: string): { issuer: string; subject: string; audiences: string[] } {
  return { issuer, subject: `system:serviceaccount:sdk:${name}`, audiences: ['api://AzureADTokenExchange'] };
}

const user: TokenCredential = {
  getToken: async () => {
    const { accessToken, expiresOn } = await control.userToken({ account: sample.accounts.dana.label });
    return { token: accessToken, expiresOnTimestamp: expiresOn };
  },
};
const production = clientFor(user, sample.subscriptions.production);
const development = clientFor(user, sample.subscriptions.development);
const dev = [sample.groups.development, airflowDev.name] as const;

const identities = (await Array.fromAsync(production.userAssignedIdentities.listBySubscription())).map((identity) => identity.name);
const credentials = await Array.fromAsync(production.federatedIdentityCredentials.list(sample.groups.airflow, airflowProd.name, { top: 3 }));

const both = await Promise.all(['first', 'second'].map((name) => codeOf(development.federatedIdentityCredentials.createOrUpdate(...dev, name, body(name)))));
const full = [sample.groups.analytics, reporting.name] as const;
const twentieth = await codeOf(production.federatedIdentityCredentials.createOrUpdate(...full, 'number-20', body('number-20')));
const twentyFirst = await codeOf(production.federatedIdentityCredentials.createOrUpdate(...full, 'number-21', body('number-21')));

const assertion = new ClientAssertionCredential(sample.tenants.contoso.id, airflowProd.clientId, async () => (await control.serviceAccountToken({ issuer, subject })).token);
const asIdentity = await clientFor(assertion, sample.subscriptions.production).userAssignedIdentities.get(sample.groups.airflow, airflowProd.name);
const app = new ClientSecretCredential(sample.tenants.contoso.id, sample.app.clientId, sample.app.secret);
const asApp = (await Array.fromAsync(clientFor(app, sample.subscriptions.production).userAssignedIdentities.listByResourceGroup(sample.groups.airflow))).length;
const wrongSubject = new ClientAssertionCredential(sample.tenants.contoso.id, airflowProd.clientId, async () => (await control.serviceAccountToken({ issuer, subject: 'system:serviceaccount:x:y' })).token);
const refused = await codeOf(wrongSubject.getToken('https://management.azure.com/.default'));

console.log(JSON.stringify({ identities, credentials: credentials.length, both: both.toSorted(), twentieth, twentyFirst, asIdentity: asIdentity.clientId, asApp, refused }));
