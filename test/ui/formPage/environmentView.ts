import { noConnection } from '../../../src/connection/connectionValues.ts';
import { publicAudience } from '../../../src/identity/federatedCredential.ts';
import { planEnvironment } from '../../../src/project/environmentManager/planEnvironment.ts';
import { emptyConnect } from '../../../src/trust/connectReducer.ts';
import { ConnectSession } from '../../../src/trust/connectSession.ts';
import type { ConnectView } from '../../../src/trust/connectView.ts';
import { environmentChoices, environmentTargetOf } from '../../../src/trust/environmentTarget.ts';
import { connectViewOf } from '../../../src/trust/view/connectViewOf.ts';
import { deployment, identity, issuer } from '../../unit/trust/trustSamples.ts';

/** The form as the product itself describes it where the connection goes to Astro's Environment Manager, which holds another one of its id. */
export function environmentView(): ConnectView {
  const session = new ConnectSession(() => undefined, emptyConnect(publicAudience));
  const targets = [{ uri: 'file:///p/.env', label: 'p/.env', reach: 'Read by astro dev start.' }, ...environmentChoices(deployment)];
  session.dispatch({ kind: 'deploymentChosen', deployment });
  session.dispatch({ kind: 'targetsFound', targets });
  session.dispatch({ kind: 'issuerChecked', issuer, check: { kind: 'same' } });
  session.dispatch({ kind: 'identityRead', chosen: { identity, subscriptionName: 'Production', tenantName: 'contoso.example', credentials: [] } });
  session.dispatch({ kind: 'setTarget', uri: targets[1]?.uri ?? '' });
  const target = environmentTargetOf(session.state.connection.target);
  if (target !== undefined) {
    const wanted = { ...noConnection('azure_wi'), type: 'azure', extra: { managed_identity_client_id: identity.clientId, workload_identity_tenant_id: identity.homeTenantId, subscriptionId: identity.subscriptionId } };
    const standing = {
      id: 'object',
      place: target.place,
      connection: { ...wanted, extra: { ...wanted.extra, managed_identity_client_id: '3b9aca00-7f21-4d0e-9a4c-1d2e3f405162', use_azure_identity_object: true } },
      links: { all: false, deployments: [{ id: 'orders', isOverridden: false }], excluded: [] },
    };
    const plan = planEnvironment(standing, { ...target, connection: wanted, nameOf: (id) => (id === deployment.id ? deployment.name : 'orders-dev') });
    session.dispatch({ kind: 'connectionPlanned', plan });
    session.dispatch({ kind: 'setOverwrite', overwrite: true });
  }
  return connectViewOf(session.state);
}
