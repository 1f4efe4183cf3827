import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import type { ConnectionFinding } from '../../connection/connectionFindings.ts';
import { connectionFindings } from '../../connection/connectionFindings.ts';
import { isGuid } from '../../connection/guid.ts';
import { identityKeys } from '../../connection/identityKeys.ts';
import type { Fix } from './diagnosis.ts';
import type { PartFinding } from './partFinding.ts';
import { partsFix } from './partFinding.ts';

/** What a connection says wrongly, without knowing anything else. */
export function ownFindings(connection: AirflowConnection): readonly PartFinding[] {
  return [...connectionFindings(connection).map((finding) => ({ ...finding, fixes: fixesOf(connection, finding) })), ...idFindings(connection)];
}

function fixesOf(connection: AirflowConnection, { code, fix }: ConnectionFinding): readonly Fix[] {
  switch (fix?.kind) {
    case undefined:
      return [];
    case 'remove':
      // A secret may stand nowhere else.
      return [partsFix(l10n.t('Remove {0}', fix.parts.map(nameOf).join(', ')), code !== 'secret-wins', connection, {}, fix.parts)];
    case 'rename':
      return [partsFix(l10n.t('Rename to {0}', fix.to), true, connection, { [`extra.${fix.to}`]: connection.extra[nameOf(fix.part)] }, [fix.part])];
    case 'set':
      return [partsFix(
        fix.value === '' ? l10n.t('Write an empty {0}', nameOf(fix.part)) : l10n.t('Set {0} to {1}', nameOf(fix.part), fix.value),
        true, connection, { [fix.part]: fix.value },
      )];
  }
}

/** The provider neither trims nor checks the two ids: a wrong one fails when a task asks for a token. */
function idFindings(connection: AirflowConnection): readonly PartFinding[] {
  return [identityKeys.clientId, identityKeys.tenantId].flatMap((key): readonly PartFinding[] => {
    const value = connection.extra[key];
    if (value === undefined || value === null || value === '' || isGuid(value)) {
      return [];
    }
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return [{
      code: 'id-form', severity: 'error', part: `extra.${key}`,
      message: l10n.t('{0} has to be a GUID. Airflow does not check it: tasks fail when they sign in.', key),
      fixes: isGuid(trimmed) ? [partsFix(l10n.t('Remove the blanks'), true, connection, { [`extra.${key}`]: trimmed })] : [],
    }];
  });
}

function nameOf(part: string): string {
  return part.replace(/^extra\./, '');
}
