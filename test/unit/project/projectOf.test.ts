import assert from 'node:assert/strict';
import { projectOf } from '../../../src/project/projectOf.ts';

const workspace = 'file:///w';
const folders = { astro: ['file:///w/etl', 'file:///w/etl/nested', 'file:///w/ml'], started: ['file:///w/etl', 'file:///w/etl/deploy', 'file:///w/plain', 'file:///w/plain/other'], workspace };

describe('the project of a file', () => {
  for (const [name, file, project] of [
    ['airflow_settings.yaml of an Astro project', 'file:///w/etl/airflow_settings.yaml', 'file:///w/etl'],
    ['a compose file beside it', 'file:///w/etl/docker-compose.yaml', 'file:///w/etl'],
    ['a compose file below it', 'file:///w/etl/deploy/docker-compose.yaml', 'file:///w/etl'],
    ['another Astro project in the same workspace', 'file:///w/ml/.env', 'file:///w/ml'],
    ['an Astro project within another', 'file:///w/etl/nested/.env', 'file:///w/etl/nested'],
    ['a compose file that no Astro project is around', 'file:///w/plain/docker-compose.yaml', 'file:///w/plain'],
    ['a connections file below a compose file', 'file:///w/plain/include/connections.json', 'file:///w/plain'],
    ['the inner one of two compose files', 'file:///w/plain/other/.env', 'file:///w/plain/other'],
    ['values.yaml of nobody in particular', 'file:///w/charts/values.yaml', workspace],
    ['a folder whose name only begins like that of a project', 'file:///w/etl-old/.env', workspace],
  ] as const) {
    it(`is found for ${name}`, () => {
      assert.equal(projectOf(file, folders), project);
    });
  }
});
