import type { TenantRef } from '../identity/managedIdentity.ts';
import type { FieldSource } from './connectionType.ts';

/** An Azure resource that a connection can point to, with the addresses it answers at. */
export interface ConnectionResource {
  /** ARM id. */
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Addresses by what they serve, as the resource itself says: `blob`, `dfs`, `file`, or `service` where it has one. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/**
 * Finds the resources that fill a connection's fields. Implemented by `src/azure`. Errors and aborts are those of `AzurePort`.
 */
export interface ConnectionResourcePort {
  /** Everything of a kind in a tenant that the account can see, page by page, by Resource Graph. */
  connectionResources(tenant: TenantRef, source: FieldSource, signal: AbortSignal): AsyncIterable<readonly ConnectionResource[]>;
}
