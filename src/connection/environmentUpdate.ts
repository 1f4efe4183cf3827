import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';

/** Parts that Astro forgets when an update leaves them out; the rest it keeps (astronomer/astro-cli `cloud/env/conn.go`, `patchConn`). */
export const removableParts = ['host', 'login', 'schema', 'port'] as const;

/** Why a part cannot be taken from a connection of the Environment Manager; `undefined` where each of them can. */
export function removalRefusal(connectionId: string, without: readonly string[]): AirflowIdentityError | undefined {
  const kept = without.find((part) => !removableParts.some((removable) => removable === part));
  return kept === undefined
    ? undefined
    : new AirflowIdentityError('invalidInput', l10n.t('The Environment Manager keeps {0} of {1}: no update can take it away.', kept, connectionId), {
        fix: l10n.t('Take it away on Astro’s page, or delete the connection and add it anew.'),
      });
}
