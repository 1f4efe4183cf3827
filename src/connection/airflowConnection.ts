/**
 * A connection as Airflow holds it, whatever file it came from or goes to. `undefined` is Airflow's null; the empty text is
 * kept apart from it, because hooks tell them apart: `azure_service_bus` needs an empty `schema`, `azure_data_factory` breaks
 * on an empty `login` (apache-airflow-providers-microsoft-azure 15.2.1, `hooks/asb.py`, `hooks/data_factory.py`).
 */
export interface AirflowConnection {
  readonly connectionId: string;
  /** `conn_type`, with underscores. */
  readonly type: string;
  readonly host: string | undefined;
  readonly schema: string | undefined;
  readonly login: string | undefined;
  readonly password: string | undefined;
  readonly port: number | undefined;
  /** Keys and values in the order they are written. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What a user wants: a connection of some type of the catalogue that signs in as a managed identity. */
export interface IdentityConnection {
  readonly connectionId: string;
  /** Id of a type in `types/connectionTypes.ts`. */
  readonly type: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** What the type's fields hold, by their ids; a field that is left out or empty is not written. */
  readonly values: Readonly<Record<string, string>>;
}
