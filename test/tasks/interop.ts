// npm run test:interop [-- FILE… --grep TEXT]: other people's clients against the local cloud, and Airflow as the judge of what the
// extension writes.
import { airflowProblem } from '../interop/airflow/environment.ts';
import { runMochaLayer } from './mochaLayer.ts';

const problem = await airflowProblem();
await runMochaLayer({
  name: 'interop',
  folder: 'test/interop',
  timeoutMs: 60_000,
  ...(problem === undefined ? {} : { without: { folder: 'test/interop/airflow', because: problem } }),
});
