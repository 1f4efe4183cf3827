import * as l10n from '@vscode/l10n';
import { differingParts } from '../connection/connectionValues.ts';
import type { FoundConnection, ProjectFormat } from './projectFormat.ts';

/** A file of the workspace that was read. */
export interface ReadFile {
  readonly uri: string;
  /** What messages call it: `etl/airflow_settings.yaml`. */
  readonly label: string;
  readonly format: Pick<ProjectFormat, 'id'>;
  readonly connections: readonly FoundConnection[];
}

/** A connection and where it stands. */
interface ConnectionPlace {
  readonly file: ReadFile;
  readonly found: FoundConnection;
}

/** The same connection in several places with other values. */
export interface AcrossFinding {
  readonly code: 'places-differ';
  readonly severity: 'warning' | 'information';
  readonly place: ConnectionPlace;
  /** The other places, those with the same values left out. */
  readonly others: readonly ConnectionPlace[];
  readonly message: string;
}

/**
 * Where Airflow on this computer looks first, for files that it reads together: a connections file, then the environment,
 * then the database, into which `airflow_settings.yaml` goes (apache-airflow 3.3.2, `DEFAULT_SECRETS_SEARCH_PATH`).
 */
const localRanks: Readonly<Record<string, number>> = { connectionsJson: 0, connectionsYaml: 0, connectionsEnv: 0, dotEnv: 1, dockerCompose: 1, airflowSettings: 2 };

/**
 * Connections that stand in several files of a project with other values, one finding for each place. Ids are compared
 * without letter case, as environment variables are. Files for different places of work may differ on purpose: a warning is
 * only what one Airflow reads together.
 */
export function acrossFiles(files: readonly ReadFile[]): readonly AcrossFinding[] {
  const places = files.flatMap((file) => file.connections.map((found): ConnectionPlace => ({ file, found })));
  const byId = Map.groupBy(places, ({ found }) => found.connection.connectionId.toLowerCase());
  return Array.from(byId.values()).flatMap((group) => group.flatMap((place): readonly AcrossFinding[] => {
    const others = group.filter((other) => other.file.uri !== place.file.uri && differingParts(other.found.connection, place.found.connection).length > 0);
    return others.length === 0 ? [] : [findingOf(place, others)];
  }));
}

function findingOf(place: ConnectionPlace, others: readonly ConnectionPlace[]): AcrossFinding {
  const { connection } = place.found;
  const parts = Array.from(new Set(others.flatMap((other) => differingParts(other.found.connection, connection))));
  const together = [place, ...others].filter(({ file }) => localRanks[file.format.id] !== undefined);
  const isTogether = together.includes(place) && together.length > 1;
  const says = l10n.t('{0} also stands in {1}, with other values: {2}.', connection.connectionId, others.map(({ file }) => file.label).join(', '), parts.join(', '));
  return {
    code: 'places-differ',
    severity: isTogether ? 'warning' : 'information',
    place,
    others,
    message: isTogether ? [says, ...winner(together)].join(' ') : says,
  };
}

/** Which place wins where one Airflow reads several; nobody knows where two of the same rank stand. */
function winner(places: readonly ConnectionPlace[]): readonly string[] {
  const rankOf = ({ file }: ConnectionPlace): number => localRanks[file.format.id] ?? 0;
  const first = Math.min(...places.map(rankOf));
  const winners = places.filter((place) => rankOf(place) === first);
  return winners.length === 1 ? [l10n.t('Airflow takes those of {0}.', winners[0]?.file.label ?? '')] : [];
}
