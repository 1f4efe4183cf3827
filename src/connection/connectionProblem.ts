import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from './airflowConnection.ts';
import { connectionIdProblem } from './connectionId.ts';
import { identityKeys } from './identityKeys.ts';
import { guidProblem } from './types/fieldRules.ts';

/**
 * What is wrong with a connection whatever its type, as a sentence for the user, or `undefined`. The provider does not check
 * the ids: a wrong one fails only when a task asks for a token, so they are checked here, where the connection has them.
 */
export function connectionProblem({ connectionId, extra }: AirflowConnection): string | undefined {
  const problemAt = (what: string, key: string): string | undefined => {
    const value = extra[key];
    return value === undefined || value === null ? undefined : guidProblem(what, typeof value === 'string' ? value : JSON.stringify(value));
  };
  return connectionIdProblem(connectionId)
    ?? problemAt(l10n.t('The client ID'), identityKeys.clientId)
    ?? problemAt(l10n.t('The tenant ID'), identityKeys.tenantId)
    ?? problemAt(l10n.t('The subscription ID'), 'subscriptionId');
}
