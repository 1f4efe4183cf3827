import { sample } from '../../cloud/sampleWorld.ts';
import type { World } from '../../cloud/world.ts';
import { handleControl } from '../../cloud/control/controlHost.ts';
import { parseJson } from '../../cloud/exchange.ts';
import { send } from './armCaller.ts';
import type { ArmReply } from './armCaller.ts';

/** A Kubernetes service account's token as the cluster would project it into a pod. */
export async function serviceAccountToken(world: World, wanted: { issuer: string; subject: string; audience?: string; expiresInSeconds?: number; signedBy?: string }): Promise<string> {
  const request = { method: 'POST', url: new URL('http://control.localcloud/tokens/serviceAccount'), headers: {}, body: JSON.stringify(wanted) };
  const answer = await handleControl({ world, reset: () => undefined }, request);
  return (parseJson(answer.body) as { token: string }).token;
}

/** A token of an identity, without any proof; for Storage where no scope is named. */
export async function identityToken(world: World, clientId: string, options: { scope?: string; expiresInSeconds?: number } = {}): Promise<string> {
  const body = JSON.stringify({ clientId, scope: 'https://storage.azure.com/.default', ...options });
  const answer = await handleControl({ world, reset: () => undefined }, { method: 'POST', url: new URL('http://control.localcloud/tokens/servicePrincipal'), headers: {}, body });
  return (parseJson(answer.body) as { accessToken: string }).accessToken;
}

/** The exchange that a pod's Azure client sends for an identity of Contoso. */
export function exchange(world: World, clientId: string, assertion: string, options: { tenant?: string; scope?: string } = {}): Promise<ArmReply> {
  const form = new URLSearchParams({
    client_id: clientId,
    scope: options.scope ?? 'https://management.azure.com/.default',
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const url = `https://login.microsoftonline.com/${options.tenant ?? sample.tenants.contoso.id}/oauth2/v2.0/token`;
  return send(world, 'POST', url, { body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
}
