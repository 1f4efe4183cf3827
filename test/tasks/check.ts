// npm run check [-- --update]: types, what nothing uses, and the texts for translators. Every check runs, so that one answer names all.
//   --update    writes the texts anew instead of comparing them
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outDir, projectDir } from './projectDir.ts';
import { runCommand } from './runCommand.ts';

const commands = [
  ['tsc', '--noEmit', '-p', '.'],
  ['tsc', '--noEmit', '-p', 'src/webview'],
  ['knip'],
] as const;

const bundle = 'bundle.l10n.json';

/**
 * True when `l10n/bundle.l10n.json`, which package.json points to and translators start from, holds exactly the texts of the source.
 * Sorted, because the order of the export follows the file system.
 */
async function textsAreCurrent(update: boolean): Promise<boolean> {
  const folder = path.join(projectDir, 'l10n');
  const exported = path.join(outDir, 'l10n');
  if ((await runCommand('vscode-l10n-dev', ['export', '--outDir', exported, 'src'])) !== 0) {
    return false;
  }
  const texts = Object.entries(JSON.parse(await readFile(path.join(exported, bundle), 'utf8')) as Record<string, unknown>);
  const wanted = `${JSON.stringify(Object.fromEntries(texts.toSorted(([one], [other]) => (one < other ? -1 : 1))), undefined, 2)}\n`;
  if (update) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, bundle), wanted);
  }
  const isCurrent = (await readFile(path.join(folder, bundle), 'utf8')) === wanted;
  if (!isCurrent) {
    console.error(`l10n/${bundle} is not what the source says: run "npm run check -- --update".`);
  }
  return isCurrent;
}

let failures = 0;
for (const [command, ...args] of commands) {
  if ((await runCommand(command, args)) !== 0) {
    console.error(`Failed: ${[command, ...args].join(' ')}`);
    failures += 1;
  }
}
if (!(await textsAreCurrent(process.argv.includes('--update')))) {
  failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
