import type { AirflowConnection } from '../connection/airflowConnection.ts';
import type { EnvironmentConnection } from '../connection/environmentPort.ts';
import type { Deployment, Workspace } from '../deployment/deployment.ts';
import type { ConnectionIssue } from './connectionIssues.ts';
import type { ReadFile } from './acrossFiles.ts';

interface Placed {
  readonly connection: AirflowConnection;
  /** What people call the place: `etl-pipelines/.env`, `Data Platform`. */
  readonly label: string;
  /** What is wrong with how it is written there; what is wrong with the connection itself depends on what is known. */
  readonly issues: readonly ConnectionIssue[];
}

/** A connection that stands in a file of the workspace. */
export interface FileConnection extends Placed {
  readonly kind: 'file';
  readonly uri: string;
  /** Counted from 1. */
  readonly line: number;
  /** Other files of the project that hold a connection of the same id with other values. */
  readonly differing: readonly ReadFile[];
}

/** A connection that stands in Astro's Environment Manager. */
export interface EnvironmentManagerConnection extends Placed {
  readonly kind: 'environment';
  readonly workspace: Workspace;
  readonly environment: EnvironmentConnection;
  /** The deployments that get it as it stands there; those that get other values are left out. */
  readonly reaches: readonly Deployment[];
}

/** A connection and where it stands. */
export type PlacedConnection = FileConnection | EnvironmentManagerConnection;
