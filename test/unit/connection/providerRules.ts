import { readFileSync } from 'node:fs';
import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';

/** What was seen of a connection type when each hook of the provider was run; see `source` in the file. */
export interface ProviderRule {
  readonly connectionType: string;
  readonly label: string;
  readonly hook: string;
  readonly defaultConnId: string;
  readonly workloadIdentity: boolean;
  readonly minimal?: ProviderConnection;
  readonly alternatives?: readonly ProviderConnection[];
  readonly whenAbsent?: Readonly<Record<string, string>>;
  readonly minProviderVersion?: { readonly version: string } | null;
}

/** A connection as the file writes it. */
interface ProviderConnection {
  readonly host?: string;
  readonly login?: string;
  readonly schema?: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * The types of apache-airflow-providers-microsoft-azure 15.2.1, run with apache-airflow 3.3.2 and azure-identity 1.27.0: every
 * hook executed with recording credential classes.
 */
export const providerRules: readonly ProviderRule[] = (JSON.parse(
  readFileSync(new URL('provider-15.2.1.json', import.meta.url), 'utf8'),
) as { readonly connectionTypes: readonly ProviderRule[] }).connectionTypes;

/** Those that sign in with a workload identity, with the smallest connection that does. */
export const identityRules = providerRules.flatMap((rule) => (rule.workloadIdentity && rule.minimal !== undefined ? [{ ...rule, minimal: rule.minimal }] : []));

/** A connection of the file as Airflow holds it. */
export function asHeld(type: string, { host, login, schema, extra }: ProviderConnection): AirflowConnection {
  return { connectionId: 'azure_wi', type, host, login, schema, password: undefined, port: undefined, extra };
}
