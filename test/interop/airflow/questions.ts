/** Where a connection stands when Airflow reads it; see `driver/places.py`. */
export type Standing =
  /** Environment variables of the task. */
  | { readonly place: 'environment'; readonly variables: Readonly<Record<string, string>> }
  /** A file of the local files backend, or one for `airflow connections import`. */
  | { readonly place: 'localFiles' | 'import'; readonly fileName: string; readonly content: string }
  /** Bodies of `POST /connections`, beside environment variables where there are any. */
  | { readonly place: 'restApi'; readonly bodies: readonly Readonly<Record<string, unknown>>[]; readonly variables?: Readonly<Record<string, string>> };

/** A connection to be read, and the type whose hook is to use it. */
export type Use = Standing & {
  readonly connectionId: string;
  readonly type: string;
  /** With the hook of its deferrable operators; for Airflow 3. */
  readonly inTriggerer?: true;
};

/** A connection as hooks see it. */
export interface ReadConnection {
  readonly conn_id: string;
  readonly conn_type: string | null;
  readonly host: string | null;
  readonly schema: string | null;
  readonly login: string | null;
  readonly password: string | null;
  readonly port: number | null;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A credential that a hook made, with the arguments it was given. */
export interface MadeCredential {
  /** Of azure-identity; `aio.` before those of its asynchronous half. */
  readonly class: string;
  readonly managed_identity_client_id?: string;
  readonly workload_identity_tenant_id?: string;
  readonly client_id?: string;
  readonly tenant_id?: string;
}

/** A token that was asked for. */
interface TokenRequest {
  readonly credential: MadeCredential;
  readonly scopes: readonly string[];
}

/** How a hook signed in, or why it did not. */
export interface SignIn {
  /** What Airflow's command line printed. */
  readonly printed: string;
  readonly connection: ReadConnection | null;
  /** Those that the hook made itself. */
  readonly credentials: readonly MadeCredential[];
  readonly tokenRequests: readonly TokenRequest[];
  /** As Python prints it: class and text. */
  readonly error: string | null;
}

/** A container to be listed by a task that runs as a service account. */
export interface BlobTask {
  readonly standing: Standing;
  readonly connectionId: string;
  readonly container: string;
  /** The service account's, as it stands in the file that the webhook mounts. */
  readonly token: string;
  /** Of the pod: its proxy and CA above all. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What the task found, or the error as Airflow logs it. */
export interface BlobList {
  readonly blobs: readonly string[];
  readonly error: string | null;
}

/** A connection type as the provider describes it (`get_provider_info`), and what its hook says. */
export interface DescribedType {
  readonly 'connection-type': string;
  readonly 'hook-class-name': string;
  readonly 'hook-name': string;
  readonly 'conn-fields'?: Readonly<Record<string, { readonly label: string }>>;
  readonly 'ui-field-behaviour'?: { readonly 'hidden-fields'?: readonly string[]; readonly relabeling?: Readonly<Record<string, string>> };
  readonly defaultConnectionId: string | null;
  /** Every name that stands as text in the source of the hook: the keys it can read are among them. */
  readonly words: readonly string[];
}

/** The provider, as it describes itself. */
export interface DescribedProvider {
  readonly version: string;
  readonly types: readonly DescribedType[];
}

/** Settings of a preset, among the environment variables of a task. */
export interface SettingsUse {
  readonly preset: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What a DAG opens, where the preset is for that. */
  readonly path: string;
}

/** What Airflow made of settings, and how it signed in with them. */
export interface SettingsRead extends Pick<SignIn, 'credentials' | 'tokenRequests' | 'error'> {
  /** By the names of `driver/settings.py`; null where it failed before. */
  readonly facts: Readonly<Record<string, unknown>> | null;
}
