/** What the names of Airflow's environment variables for connections begin with. */
export const connectionVariablePrefix = 'AIRFLOW_CONN_';

/**
 * The environment variable of a connection: its id in capitals, nothing else changed, so that `azure-wi` needs a dash in the
 * name (apache-airflow 3.3.2, `secrets/environment_variables.py`, run).
 */
export function connectionVariable(connectionId: string): string {
  return connectionVariablePrefix + connectionId.toUpperCase();
}

/**
 * The connection id that a variable gives, in lower case as ids are usually written: Airflow looks every spelling of it up
 * under this name. `undefined` for other variables; a name in lower case is never looked up.
 */
export function connectionIdOf(variable: string): string | undefined {
  return variable.startsWith(connectionVariablePrefix) && variable.length > connectionVariablePrefix.length && variable === variable.toUpperCase()
    ? variable.slice(connectionVariablePrefix.length).toLowerCase()
    : undefined;
}
