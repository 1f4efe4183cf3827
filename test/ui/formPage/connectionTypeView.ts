import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { ConnectView } from '../../../src/trust/connectView.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { deployment, identity, issuer } from '../../unit/trust/trustSamples.ts';

/**
 * The form as the product itself describes it for a connection of type `azure_cosmos`, which has most fields: one of them wrong,
 * one missing.
 */
export function cosmosView(): ConnectView {
  const session = new ConnectSession(() => undefined, emptyConnect(publicAudience));
  session.dispatch({ kind: 'targetsFound', targets: [{ uri: 'file:///p/.env', label: 'p/.env', reach: 'Read by astro dev start and by Docker Compose, on this computer only.' }] });
  session.dispatch({ kind: 'deploymentChosen', deployment });
  session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'same' } });
  session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 'Production', tenantName: 'contoso.example', credentials: [] } });
  session.dispatch({ kind: 'setConnectionType', value: 'azure_cosmos' });
  session.dispatch({ kind: 'setConnectionField', field: 'login', value: 'myaccount' });
  return connectViewOf(session.state);
}
