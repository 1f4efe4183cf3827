import type { ErrorCode, ErrorDetails } from '../../../src/errors.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import type { FaultEffect } from '../../cloud/faults.ts';
import { sample } from '../../cloud/sampleWorld.ts';
import { accounts, contoso, identityRef, issueFrom, neverCanceled, subscription } from './cloudClient.ts';
import type { CloudClient } from './cloudClient.ts';

const { identities, groups, subscriptions, issuers, tenants } = sample;
const prod = identityRef(identities.airflowProd.name);
const scheduler = 'system:serviceaccount:weightless-diameter-8927:weightless-diameter-8927-scheduler-serviceaccount';

function write(name: string, subject = 'system:serviceaccount:a:b'): { name: string; issuer: string; subject: string; audience: string } {
  return { name, issuer: issuers.prod, subject, audience: publicAudience };
}

/** An error of ARM. */
export function arm(status: number, code: string, message: string): FaultEffect {
  return { kind: 'answer', status, body: { error: { code, message } }, headers: { 'x-ms-correlation-request-id': 'c0ffee' } };
}

/** What fails, how it is brought about, and what the user then reads. */
export interface RefusalCase {
  readonly when: string;
  readonly effect?: FaultEffect;
  readonly work: (client: CloudClient) => Promise<unknown>;
  readonly code: ErrorCode;
  readonly message: RegExp;
  readonly fix: RegExp | undefined;
  readonly details: ErrorDetails;
}

/** A read that is tried again where that may help. */
export const read = (client: CloudClient): Promise<unknown> => client.azure.identity(prod, neverCanceled());
/** A write that is tried once. */
export const put = (client: CloudClient): Promise<unknown> => client.azure.writeCredential(prod, write('some-name'), neverCanceled());

/** What the world itself refuses, by its own rules. */
export const ofTheWorld: readonly RefusalCase[] = [
  {
    when: 'the identity is gone',
    work: (client) => client.azure.identity(identityRef('id-gone'), neverCanceled()),
    code: 'notFound',
    message: /^The identity does not exist any more\.$/,
    fix: /Refresh/,
    details: { status: 404, serviceCode: 'ResourceNotFound' },
  },
  {
    when: 'the subscription is unknown',
    work: (client) => Array.fromAsync(client.azure.identities(subscription('00000000-0000-4000-8000-000000000000'), neverCanceled())),
    code: 'notFound',
    message: /^The subscription does not exist any more/,
    fix: /Refresh/,
    details: { status: 404, serviceCode: 'SubscriptionNotFound' },
  },
  {
    when: 'the identity of a new credential is gone',
    work: (client) => client.azure.writeCredential(identityRef('id-gone'), write('some-name'), neverCanceled()),
    code: 'notFound',
    message: /created moments ago/,
    fix: /few minutes/,
    details: { status: 404, serviceCode: 'ParentResourceNotFound' },
  },
  {
    when: 'the right to write is missing',
    work: (client) => {
      const fabrikam = { account: accounts.dana, tenantId: tenants.fabrikam.id };
      const ref = { ...fabrikam, subscriptionId: subscriptions.fabrikam, resourceGroup: groups.fabrikam, name: identities.fabrikamEtl.name };
      return client.azure.writeCredential(ref, write('some-name'), neverCanceled());
    },
    code: 'forbidden',
    message: /^You do not have the right Microsoft\.ManagedIdentity\/userAssignedIdentities\/federatedIdentityCredentials\/write on \/subscriptions\/fab00000-/,
    fix: /Managed Identity Federated Identity Credential Contributor/,
    details: { method: 'PUT', host: 'management.azure.com', status: 403, serviceCode: 'AuthorizationFailed' },
  },
  {
    when: 'the token is for another tenant',
    work: (client) => {
      client.issue = () => issueFrom(client.cloud, { account: accounts.sam });
      return client.azure.identity(prod, neverCanceled());
    },
    code: 'interactionRequired',
    message: /another tenant/,
    fix: /Sign in to this tenant/,
    details: { status: 401, serviceCode: 'InvalidAuthenticationTokenTenant' },
  },
  {
    when: 'the region takes no credentials',
    work: (client) => client.azure.writeCredential(identityRef(identities.unsupportedRegion.name), write('some-name'), neverCanceled()),
    code: 'invalidInput',
    message: /not available in this identity's region/,
    fix: /another region/,
    details: { status: 405, serviceCode: 'MethodNotAllowed' },
  },
  {
    when: 'issuer and subject are taken under another name',
    work: (client) => client.azure.writeCredential(prod, write('another-name', scheduler), neverCanceled()),
    code: 'conflict',
    message: /already has the same issuer and subject/,
    fix: /Refresh/,
    details: { status: 409, serviceCode: 'Conflict' },
  },
  {
    when: 'it would be the 21st credential',
    work: async (client) => {
      const reporting = identityRef(identities.reporting.name, groups.analytics);
      await client.azure.writeCredential(reporting, write('the-20th', 'system:serviceaccount:a:20'), neverCanceled());
      return client.azure.writeCredential(reporting, write('the-21st', 'system:serviceaccount:a:21'), neverCanceled());
    },
    code: 'invalidInput',
    message: /20 federated credentials/,
    fix: /another identity/,
    details: { status: 400 },
  },
  {
    when: 'the name is invalid',
    work: (client) => client.azure.writeCredential(prod, write('-x'), neverCanceled()),
    code: 'invalidInput',
    message: /did not accept the request \(400\)/,
    fix: undefined,
    details: { status: 400 },
  },
  {
    when: 'two writes meet on one identity',
    work: (client) => Promise.all([1, 2].map((index) => client.azure.writeCredential(prod, write(`name-${index}`, `system:serviceaccount:a:${index}`), neverCanceled()))),
    code: 'conflict',
    message: /at the same moment/,
    fix: /few seconds/,
    details: { status: 409, serviceCode: 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity' },
  },
  {
    when: 'the proxy does not know the host',
    work: (client) => client.azure.discoveredIssuer('https://issuer.elsewhere.example', neverCanceled()),
    code: 'network',
    message: /issuer\.elsewhere\.example/,
    fix: /proxy/,
    details: { host: 'issuer.elsewhere.example' },
  },
];

/** What only a fault brings about. */
export const ofFaults: readonly RefusalCase[] = [
  {
    when: 'a policy forbids it',
    effect: arm(403, 'RequestDisallowedByPolicy', "Resource 'some-name' was disallowed by policy."),
    work: put,
    code: 'forbidden',
    message: /Azure Policy .*disallowed by policy/,
    fix: /exemption/,
    details: { status: 403, serviceCode: 'RequestDisallowedByPolicy', correlationId: 'c0ffee' },
  },
  {
    when: 'ARM fails',
    effect: arm(500, 'InternalServerError', 'Something went wrong.'),
    work: put,
    code: 'unavailable',
    message: /^management\.azure\.com failed to answer \(500\)\. Something went wrong\.$/,
    fix: /Try again/,
    details: { status: 500, serviceCode: 'InternalServerError' },
  },
  {
    when: 'ARM throttles',
    effect: { kind: 'answer', status: 429, body: { error: { code: 'SubscriptionRequestsThrottled', message: 'x' } }, headers: { 'retry-after': '10' } },
    work: put,
    code: 'throttled',
    message: /no more requests/,
    fix: /10 seconds/,
    details: { status: 429, retryAfterMs: 10_000, serviceCode: 'SubscriptionRequestsThrottled' },
  },
  {
    when: 'a lock stands in the way',
    effect: arm(409, 'ScopeLocked', 'The scope is locked.'),
    work: put,
    code: 'conflict',
    message: /lock.*The scope is locked/,
    fix: /lock/,
    details: { status: 409, serviceCode: 'ScopeLocked' },
  },
  {
    when: 'the docs are right and a duplicate gives 400',
    effect: arm(400, 'BadRequest', 'Issuer and subject combination already exists for this Managed Identity.'),
    work: put,
    code: 'conflict',
    message: /already has the same issuer and subject/,
    fix: /Refresh/,
    details: { status: 400 },
  },
  {
    when: 'a provider answers in its own form',
    effect: { kind: 'answer', status: 400, body: { Code: 'Odd', Message: 'Oddly said.' } },
    work: put,
    code: 'invalidInput',
    message: /Oddly said/,
    fix: undefined,
    details: { serviceCode: 'Odd' },
  },
  {
    when: 'a sign-in page of the network answers with 200',
    effect: { kind: 'html', status: 200, html: '<html>Welcome to the hotel</html>' },
    work: read,
    code: 'badAnswer',
    message: /not understood/,
    fix: /proxy/,
    details: { host: 'management.azure.com' },
  },
  {
    when: 'the answer lacks what the API promises',
    effect: { kind: 'answer', status: 200, body: { id: 'x', location: 'westus2' } },
    work: read,
    code: 'badAnswer',
    message: /"(clientId|principalId)" of a userAssignedIdentity/,
    fix: /proxy/,
    details: { host: 'management.azure.com' },
  },
  {
    when: 'a listing is no listing',
    effect: { kind: 'answer', status: 200, body: { value: 'none' } },
    work: (client) => Array.fromAsync(client.azure.subscriptions(contoso, neverCanceled())),
    code: 'badAnswer',
    message: /not understood/,
    fix: /proxy/,
    details: { host: 'management.azure.com' },
  },
  {
    when: 'a proxy refuses with a page of its own',
    effect: { kind: 'html', status: 403, html: '<html>Blocked by policy</html>' },
    work: read,
    code: 'network',
    message: /Something between here and management\.azure\.com refused the connection \(403\)/,
    fix: /allowed/,
    details: { status: 403 },
  },
  {
    when: 'the proxy wants a sign-in',
    effect: { kind: 'html', status: 407, html: '<html>Proxy Authentication Required</html>' },
    work: read,
    code: 'network',
    message: /proxy wants a sign-in.*407/,
    fix: /http\.proxy/,
    details: { status: 407 },
  },
  {
    when: 'something redirects to a login page',
    effect: { kind: 'answer', status: 302, body: {}, headers: { location: 'https://captive.example/login' } },
    work: read,
    code: 'badAnswer',
    message: /redirect.*302/,
    fix: /sign-in page/,
    details: { status: 302 },
  },
  {
    when: 'the connection is reset',
    effect: { kind: 'reset' },
    work: put,
    code: 'network',
    message: /^The connection to management\.azure\.com failed \(ECONNRESET\)\.$/,
    fix: /http\.proxy/,
    details: { method: 'PUT', host: 'management.azure.com', serviceCode: 'ECONNRESET' },
  },
];
