const extra = '{"managed_identity_client_id":"7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71","note":"x"}';

function repeated(count: number, entry: (index: number) => string, separator = ''): string {
  return Array.from({ length: count }, (_none, index) => entry(index)).join(separator);
}

/** A file of many connections, by the id of its format. */
export const manyConnections: Readonly<Record<string, (count: number) => string>> = {
  airflowSettings: (count) => `airflow:\n  connections:\n${repeated(count, (index) => `    - conn_id: c${index}\n      conn_type: http # ${index}\n      conn_extra: '${extra}'\n`)}`,
  dotEnv: (count) => repeated(count, (index) => `# ${index}\nAIRFLOW_CONN_C${index}={"conn_type":"http","extra":${extra}}\n`),
  connectionsJson: (count) => `{\n${repeated(count, (index) => `  "c${index}": {\n    "conn_type": "http",\n    "extra": ${extra}\n  }`, ',\n')}\n}\n`,
  connectionsYaml: (count) => repeated(count, (index) => `c${index}: # ${index}\n  conn_type: http\n  extra: '${extra}'\n`),
  connectionsEnv: (count) => repeated(count, (index) => `# ${index}\nc${index}=http://h/?note=x\n`),
  dockerCompose: (count) => `services:\n  scheduler:\n    image: apache/airflow\n    environment:\n${repeated(count, (index) => `      AIRFLOW_CONN_C${index}: '{"conn_type":"http","extra":${extra}}' # ${index}\n`)}`,
  astroDeployment: (count) => `deployment:\n  environment_variables:\n${repeated(count, (index) => `    - is_secret: false # ${index}\n      key: AIRFLOW_CONN_C${index}\n      value: '{"conn_type":"http","extra":${extra}}'\n`)}  configuration: {}\n`,
  helmValues: (count) => `executor: LocalExecutor\nenv:\n${repeated(count, (index) => `  - name: AIRFLOW_CONN_C${index} # ${index}\n    value: '{"conn_type":"http","extra":${extra}}'\n`)}`,
};
