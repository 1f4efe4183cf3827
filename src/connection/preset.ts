import type { Workload } from '../deployment/workload.ts';
import type { BuiltInRole } from '../identity/roleNames.ts';
import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionResource } from './connectionResource.ts';
import type { FieldSource } from './connectionType.ts';

/** An environment variable of Airflow's processes. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** Something a preset needs to know. */
export interface PresetQuestion {
  /** The key of `PresetAnswers.values`. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what Airflow does with it. */
  readonly description: string;
  readonly example: string;
  /** What stands there until the user says otherwise. */
  readonly proposed?: string;
  /** What can be chosen instead of typing. A container is one of the storage account that was chosen before. */
  readonly source?: FieldSource | 'container';
  /** What is answered for a chosen resource; `undefined` where the resource does not say. */
  readonly fill?: (resource: ConnectionResource) => string | undefined;
  /** What is wrong with an answer, as a sentence, or `undefined`; asked for empty ones too. */
  readonly problem: (value: string) => string | undefined;
}

/** What a preset is filled in with. */
export interface PresetAnswers {
  readonly clientId: string;
  readonly tenantId: string;
  /** By the ids of the questions. */
  readonly values: Readonly<Record<string, string>>;
}

/** What has to stand among the environment variables of Airflow. */
export interface PresetSettings {
  readonly variables: readonly EnvironmentVariable[];
  /** Stands there as `AIRFLOW_CONN_…`. */
  readonly connection: AirflowConnection | undefined;
}

/** A part of Airflow that may run as a service account of its own. */
type AirflowComponent = 'scheduler' | 'dagProcessor' | 'triggerer' | 'worker' | 'front';

/** A use of Azure by Airflow itself, beside connections of tasks: settings that belong together, signed in as an identity. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** One sentence: what for. */
  readonly purpose: string;
  /** In the order they are asked. */
  readonly questions: readonly PresetQuestion[];
  /**
   * What is to be written, exactly as Airflow reads it.
   * @throws AirflowIdentityError `invalidInput` when an answer is missing or wrong.
   */
  readonly settings: (answers: PresetAnswers) => PresetSettings;
  /** The role that the identity needs, and the question whose resource it is needed on. */
  readonly role: BuiltInRole;
  readonly roleOn: string;
  /** The components whose pods sign in, and so need to be trusted. */
  readonly components: readonly AirflowComponent[];
  /** Why those, as a sentence for the user. */
  readonly trust: string;
  /** What Airflow does otherwise than one may think, as sentences. */
  readonly notes: readonly string[];
  /** What DAGs are written with, for the clipboard; `undefined` where they do not change. */
  readonly snippet?: (answers: PresetAnswers) => string;
  /** First release of apache-airflow-providers-microsoft-azure that signs in so. */
  readonly minimumProvider: string;
  /** Further packages that have to be installed. */
  readonly packages: readonly string[];
  /** Where the rules come from. */
  readonly source: string;
}

const componentNames: readonly (readonly [AirflowComponent, RegExp])[] = [
  ['dagProcessor', /dag-?processor/i],
  ['front', /api-?server|web-?server|(?:^|-)web$/i],
  ['scheduler', /scheduler/i],
  ['triggerer', /triggerer/i],
  ['worker', /worker/i],
];

/** The part of Airflow that a workload runs, by its name; `undefined` for other names, such as one account for all components. */
export function componentOf({ id, serviceAccount }: Pick<Workload, 'id' | 'serviceAccount'>): AirflowComponent | undefined {
  return (componentNames.find(([, name]) => name.test(id)) ?? componentNames.find(([, name]) => name.test(serviceAccount)))?.[0];
}

/**
 * True for a workload that has to be trusted for the preset to work. An account of no component's name, such as the one that
 * all components of a release share, counts; that of pods which tasks start does not, since no Airflow runs in them.
 */
export function needsTrust({ components }: Pick<Preset, 'components'>, workload: Pick<Workload, 'id' | 'serviceAccount'>): boolean {
  const component = componentOf(workload);
  return component === undefined ? workload.id !== 'kpo' : components.includes(component);
}
