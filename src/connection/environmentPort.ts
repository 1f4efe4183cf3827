import type { AirflowConnection } from './airflowConnection.ts';

/** Where a connection stands in Astro's Environment Manager: in a workspace, for its deployments, or in one of them. */
export interface EnvironmentPlace {
  readonly organizationId: string;
  readonly scope: 'workspace' | 'deployment';
  /** Id of the workspace or of the deployment. */
  readonly scopeId: string;
}

/** Which deployments of its workspace get a connection. */
export interface EnvironmentLinks {
  /** Every one but those of `excluded`, also later ones. */
  readonly all: boolean;
  /** Ids of deployments that are named, each with what it gets otherwise. */
  readonly deployments: readonly { readonly id: string; readonly isOverridden: boolean }[];
  readonly excluded: readonly string[];
}

/** A connection of the Environment Manager. Astro leaves out secrets: the password and keys of `extra` that count as such. */
export interface EnvironmentConnection {
  readonly id: string;
  readonly place: EnvironmentPlace;
  readonly connection: AirflowConnection;
  readonly links: EnvironmentLinks;
}

/** Who is to get a connection of a workspace: every deployment, also later ones, or those of these ids. */
export type EnvironmentReach = 'all' | readonly string[];

/** Connections in Astro's Environment Manager. Secrets are never asked for. */
export interface EnvironmentPort {
  /**
   * The connections that stand at a place itself, page by page as the answers arrive.
   * @throws AirflowIdentityError; AbortError.
   */
  environmentConnections(place: EnvironmentPlace, signal: AbortSignal): AsyncIterable<readonly EnvironmentConnection[]>;
  /**
   * Adds a connection and gives its id.
   * @param reach of one of a workspace; without it, all its deployments, as users mean it when they choose the workspace
   * @throws AirflowIdentityError `conflict` when there is one of this id, `forbidden` with the role that is missing; AbortError.
   */
  createEnvironmentConnection(place: EnvironmentPlace, connection: AirflowConnection, signal: AbortSignal, reach?: EnvironmentReach): Promise<string>;
  /**
   * Makes a connection say what `wanted` says; what `wanted` leaves out stays, links and their overrides as well. Reads it first.
   * @param without `host`, `schema`, `login` or `port` that it is not to hold any more
   * @param reach who is to get it as well
   * @throws AirflowIdentityError `notFound` when it is gone, `forbidden` with the role that is missing, `invalidInput` when Astro cannot
   * take away what `without` names: it keeps passwords and keys of `extra` that an update leaves out; AbortError.
   */
  updateEnvironmentConnection(target: Pick<EnvironmentConnection, 'id' | 'place'>, wanted: AirflowConnection, without: readonly string[], signal: AbortSignal, reach?: EnvironmentReach): Promise<void>;
  /** Deletes a connection; one that is gone counts as deleted. @throws AirflowIdentityError; AbortError. */
  deleteEnvironmentConnection(target: Pick<EnvironmentConnection, 'id' | 'place'>, signal: AbortSignal): Promise<void>;
}
