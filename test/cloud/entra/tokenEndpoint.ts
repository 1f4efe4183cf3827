import { jsonResponse } from '../exchange.ts';
import type { CloudRequest, CloudResponse } from '../exchange.ts';
import type { World } from '../world.ts';
import { audienceOfScope } from './tokenAudiences.ts';
import type { TokenSubject } from './accessTokens.ts';
import type { Tenant } from './directory.ts';
import { entraErrorResponse } from './entraErrors.ts';
import type { EntraError } from './entraErrors.ts';
import { checkAssertion } from './federatedExchange.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function unknownClient(clientId: string, tenant: Tenant): EntraError {
  return {
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory '${tenant.displayName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    trailer: 'spaces',
  };
}

async function subjectOf(world: World, form: URLSearchParams, tenant: Tenant): Promise<TokenSubject | EntraError> {
  const clientId = form.get('client_id') ?? '';
  const app = world.directory.apps.find((known) => known.clientId === clientId.toLowerCase() && known.tenantId === tenant.id);
  if (app !== undefined) {
    return form.get('client_secret') === app.secret
      ? { tenantId: tenant.id, objectId: app.objectId, applicationId: app.clientId, mfa: false }
      : {
          status: 401,
          error: 'invalid_client',
          code: 7000215,
          text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
          trailer: 'spaces',
        };
  }
  const identity = world.resources.identityByClientId(clientId);
  if (identity === undefined || identity.tenantId !== tenant.id) {
    return unknownClient(clientId, tenant);
  }
  const assertion = form.get('client_assertion');
  if (assertion === null || form.get('client_assertion_type') !== assertionType) {
    return {
      status: 401,
      error: 'invalid_client',
      code: 7000218,
      text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      trailer: 'spaces',
    };
  }
  return (await checkAssertion(world, identity, assertion)) ?? { tenantId: tenant.id, objectId: identity.principalId, applicationId: identity.clientId, mfa: false };
}

/** POST /{tenant}/oauth2/v2.0/token with the client credentials grant: by secret for apps, by federated assertion for managed identities. */
export async function tokenEndpoint(world: World, request: CloudRequest, tenant: Tenant, correlationId: string): Promise<CloudResponse> {
  const form = new URLSearchParams(request.body);
  const failed = (error: EntraError): CloudResponse => entraErrorResponse(error, world.clock, correlationId);
  const grant = form.get('grant_type') ?? '';
  if (grant !== 'client_credentials') {
    return failed({ status: 400, error: 'unsupported_grant_type', code: 70003, text: `The app requested an unsupported grant type '${grant}'.`, trailer: 'lines' });
  }
  const subject = await subjectOf(world, form, tenant);
  if ('code' in subject) {
    return failed(subject);
  }
  const scope = form.get('scope') ?? '';
  const audience = audienceOfScope(scope);
  if (audience === undefined) {
    return failed({ status: 400, error: 'invalid_scope', code: 70011, text: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`, trailer: 'lines' });
  }
  const token = await world.accessTokens.mint(subject, audience);
  return jsonResponse(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token.accessToken }, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
}
