import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { ConnectionType } from '../../connection/connectionType.ts';
import { isNewer, minimumProvider } from '../../connection/minimumProvider.ts';
import { connectionTypeOf } from '../../connection/types/connectionTypes.ts';
import { planProvider } from '../requirements/planProvider.ts';
import type { Knowledge } from './knowledge.ts';
import type { PartFinding } from './partFinding.ts';

/**
 * What `requirements.txt` lacks for the connections of a file: said once, at the connection that needs the newest release.
 * A version that cannot be told is taken to be good.
 */
export function providerFinding(connections: readonly AirflowConnection[], { requirements }: Knowledge): { readonly connection: AirflowConnection; readonly finding: PartFinding } | undefined {
  const needed = requirements === undefined ? undefined : newest(connections);
  if (needed === undefined) {
    return undefined;
  }
  const { connection, minimum } = needed;
  const plan = planProvider(requirements?.text, minimum);
  if (plan.kind !== 'absent' && plan.kind !== 'old') {
    return undefined;
  }
  return {
    connection,
    finding: {
      code: plan.kind === 'absent' ? 'provider-missing' : 'provider-old', severity: 'warning', part: 'type', message: plan.message,
      fixes: [{ kind: 'provider', minimum, isSafe: false, title: l10n.t('Require {0} or newer in requirements.txt', minimum) }],
    },
  };
}

function newest(connections: readonly AirflowConnection[]): { readonly connection: AirflowConnection; readonly minimum: string } | undefined {
  const types = new Map<string, ConnectionType | undefined>();
  let found: { readonly connection: AirflowConnection; readonly minimum: string } | undefined;
  for (const connection of connections) {
    if (!types.has(connection.type)) {
      types.set(connection.type, connectionTypeOf(connection.type));
    }
    const minimum = minimumProvider(connection, types.get(connection.type));
    if (minimum !== undefined && (found === undefined || isNewer(minimum, found.minimum))) {
      found = { connection, minimum };
    }
  }
  return found;
}
