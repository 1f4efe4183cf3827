import assert from 'node:assert/strict';
import { projectFolder } from '../../../src/project/astroProject.ts';
import { projectName } from '../../../src/project/projectName.ts';

describe('projectFolder', () => {
  const cases: readonly (readonly [path: string, home: string | undefined, folder: string | undefined])[] = [
    ['/home/me/etl/.astro/config.yaml', '/home/me', '/home/me/etl'],
    ['/home/me/.astro/config.yaml', '/home/me/', undefined],
    ['/home/me/.astro/config.yaml', undefined, '/home/me'],
    ['/home/me/etl/.astro/config.yml', '/home/me', undefined],
    ['/home/me/etl/x.astro/config.yaml', '/home/me', undefined],
    ['/c:/Users/Me/.astro/config.yaml', '/C:/Users/me', undefined],
    ['C:\\work\\etl\\.astro\\config.yaml', 'C:\\Users\\me', 'C:/work/etl'],
  ];
  for (const [path, home, folder] of cases) {
    it(`${path} with home ${home ?? 'unknown'} is ${folder ?? 'no project'}`, () => {
      assert.equal(projectFolder(path, home), folder);
    });
  }
});

describe('projectName', () => {
  const cases: readonly (readonly [text: string, name: string | undefined])[] = [
    ['project:\n  name: etl-pipelines\n', 'etl-pipelines'],
    ['project:\n  name: "quoted <b>"\n  deployment: x\n', 'quoted <b>'],
    ['project:\n  name: 2026\n', '2026'],
    ['project:\n', undefined],
    ['', undefined],
    ['project: [', undefined],
    ['['.repeat(3_000), undefined],
  ];
  for (const [text, name] of cases) {
    it(`reads ${name ?? 'nothing'} from ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(projectName(text), name);
    });
  }
});
