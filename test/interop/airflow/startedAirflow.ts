import { AirflowProcess } from './airflowProcess.ts';
import type { AirflowRelease } from './releases.ts';

const started = new Map<AirflowRelease, Promise<AirflowProcess>>();

/** The process of a release that all tests share, because Airflow takes seconds to import; it ends after the last test. */
export function startedAirflow(release: AirflowRelease): Promise<AirflowProcess> {
  const running = started.get(release) ?? AirflowProcess.start(release);
  started.set(release, running);
  return running;
}

after(async () => {
  await Promise.all([...started.values()].map(async (process) => (await process).stop()));
});
