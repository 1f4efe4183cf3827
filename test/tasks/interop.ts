// npm run test:interop [-- FILE… --grep TEXT] [--update]: other people's clients against the local cloud, and Airflow as the judge of
// what the extension writes.
//   --update    writes test/interop/fixtures anew instead of comparing them
import { airflowProblem } from '../interop/airflow/environment.ts';
import { runMochaLayer } from './mochaLayer.ts';

const problem = await airflowProblem();
await runMochaLayer({
  name: 'interop',
  folder: 'test/interop',
  timeoutMs: 60_000,
  ...(problem === undefined ? {} : { without: { folder: 'test/interop/airflow', because: problem } }),
}, process.argv.slice(2).filter((argument) => argument !== '--update'));
