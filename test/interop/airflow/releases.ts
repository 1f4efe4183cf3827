/** A release of Airflow that judges what the extension writes, with a provider that suits it. */
export interface AirflowRelease {
  readonly airflow: string;
  /** Version of apache-airflow-providers-microsoft-azure. */
  readonly provider: string;
}

/** The release that the facts of the catalogue come from. */
export const airflow3: AirflowRelease = { airflow: '3.3.2', provider: '15.2.1' };

/** The last of Airflow 2, with a provider of its time. */
export const airflow2: AirflowRelease = { airflow: '2.11.2', provider: '13.5.1' };

/** Each with its packages in `requirements/airflow-<version>.txt`. */
export const airflowReleases: readonly AirflowRelease[] = [airflow3, airflow2];
