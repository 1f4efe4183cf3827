// node_modules/.bin/node test/bench/packageSizes.ts, after npm run build: what each npm package weighs in each bundle. docs/dependencies.md holds the result.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outDir } from '../tasks/projectDir.ts';

/** The part of esbuild's metafile that is read here (https://esbuild.github.io/api/#metafile). */
interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;
}

for (const bundle of ['extension', 'features', 'azure', 'identity', 'kubernetes', 'language', 'form', 'details']) {
  const { outputs } = JSON.parse(readFileSync(path.join(outDir, 'meta', `${bundle}.json`), 'utf8')) as Metafile;
  for (const { bytes, inputs } of Object.values(outputs)) {
    console.log(`${bundle}: ${kilobytes(bytes)}`);
    const sizes = new Map<string, number>();
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'own code';
      sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    }
    for (const [name, size] of [...sizes].filter(([, size]) => size > 0).sort(([, one], [, other]) => other - one)) {
      console.log(`  ${name.padEnd(40)}${kilobytes(size).padStart(10)}`);
    }
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
