import { runCommand } from './runCommand.ts';

/** Packs what was built into `out`: a file, or a folder with a slash at its end. @throws when vsce fails, after it printed why. */
export async function packVsix(out: string): Promise<void> {
  // The bundles hold every dependency; the project has no repository whose address could complete relative links.
  const code = await runCommand('vsce', ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out]);
  if (code !== 0) {
    throw new Error('vsce could not pack the extension.');
  }
}
