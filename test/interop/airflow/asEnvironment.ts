import type { AirflowConnection } from '../../../src/connection/airflowConnection.ts';
import type { Standing } from './questions.ts';

/** A connection as JSON in an environment variable, which keeps apart what is empty and what is not there. */
export function asEnvironment({ connectionId, type, ...rest }: AirflowConnection): Standing {
  return { place: 'environment', variables: { [`AIRFLOW_CONN_${connectionId.toUpperCase()}`]: JSON.stringify({ conn_type: type, ...rest }) } };
}
