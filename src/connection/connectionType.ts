import type { BuiltInRole } from '../identity/roleNames.ts';
import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionResource } from './connectionResource.ts';

/** The Azure resources that a field can be filled from; each names what is written in `ConnectionField.id`'s place. */
export type FieldSource =
  | 'subscription' | 'resourceGroup' | 'storageAccount' | 'dataLakeAccount' | 'dataFactory' | 'synapseWorkspace' | 'batchAccount'
  | 'cosmosAccount' | 'containerRegistry' | 'serviceBusNamespace' | 'dataExplorerCluster' | 'aiProject' | 'keyVault';

/** A field of a connection type beside the two keys of the identity. */
export interface ConnectionField {
  /** The key of `IdentityConnection.values`; in `extra` also the key that is written, spelt as the hook reads it. */
  readonly id: string;
  readonly place: 'host' | 'login' | 'schema' | 'extra';
  readonly title: string;
  /** One sentence: what the hook does with it, or without it. */
  readonly description: string;
  readonly example: string;
  /** `required`: a task fails without it. `choice`: one of the fields that are `choice` is needed. */
  readonly need: 'required' | 'choice' | 'optional';
  /** How `extra` holds it; text unless it says otherwise. */
  readonly kind?: 'boolean';
  /** Written as it stands and never asked for, such as an empty `schema`. */
  readonly fixed?: string;
  /** What can be chosen here instead of typing; the choice fills every field that has `fill`. */
  readonly source?: FieldSource;
  /** What this field holds for a chosen resource; `undefined` where the resource does not say. */
  readonly fill?: (resource: ConnectionResource) => string | undefined;
  /** First release of the provider in which what reads this field signs in with the identity, where that is newer than the type's. */
  readonly minimumProvider?: string;
  /** What is wrong with a value, as a sentence, or `undefined`. Asked for what is not empty. */
  readonly problem?: (value: string) => string | undefined;
}

/** Something in a connection that makes the hook sign in with a secret instead of the identity, or fail. */
export interface SecretRule {
  /** The fields that make it so, as `login`, `password` or `extra.<key>`: those a fix takes away. */
  readonly fields: readonly string[];
  readonly applies: (connection: AirflowConnection) => boolean;
  /** A sentence for the user. */
  readonly message: string;
}

/** A connection type that can sign in with a workload identity. */
export interface ConnectionType {
  /** `conn_type`. */
  readonly id: string;
  /** As Airflow's own form calls it. */
  readonly title: string;
  /** One sentence: for what tasks. */
  readonly purpose: string;
  /** Full class name of the hook that reads it. */
  readonly hook: string;
  /** The id that operators use unless told otherwise. */
  readonly defaultConnectionId: string;
  readonly fields: readonly ConnectionField[];
  readonly secrets: readonly SecretRule[];
  /** Keys that look right and are not read, with the key that is: `subscription_id` to `subscriptionId`. */
  readonly misspelt: Readonly<Record<string, string>>;
  /** The role on the chosen resource that most tasks of this type need; absent where no built-in one fits. */
  readonly role?: BuiltInRole;
  /** First release of apache-airflow-providers-microsoft-azure whose hook reads the two keys, such as `8.2.0`. */
  readonly minimumProvider: string;
  /** Where the rules come from. */
  readonly source: string;
}

/** A connection type of the provider that cannot sign in with a workload identity. */
export interface SecretOnlyType {
  readonly id: string;
  readonly title: string;
  /** Why not, and what to do instead, as sentences. */
  readonly why: string;
}
