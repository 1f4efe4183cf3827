/**
 * An Airflow connection of type `azure` that signs in with a workload identity.
 * Field names in files: `managed_identity_client_id`, `workload_identity_tenant_id`, `subscriptionId`
 * (apache-airflow-providers-microsoft-azure 15.2.1, `hooks/base_azure.py`; both identity keys or neither is used).
 */
export interface AzureConnection {
  /** Airflow's connection id, such as `azure_wi`. */
  readonly connectionId: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** Needed by hooks that manage resources; may be left out where tasks only read and write data. */
  readonly subscriptionId: string | undefined;
  /** Airflow's connection type, `azure` where absent. Fifteen other types of the provider read the two identity keys too. */
  readonly type?: string;
}
