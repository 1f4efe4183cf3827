/** Environment variable with the file that the extension host writes its milliseconds to. */
export const resultFileVariable = 'AIRFLOW_IDENTITY_BENCH_RESULT';
