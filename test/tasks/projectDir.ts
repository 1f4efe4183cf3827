import path from 'node:path';

/** Absolute path of the project. */
export const projectDir = path.dirname(path.dirname(import.meta.dirname));

/** Folder for what runs leave to look at (logs, pictures, bundles of the tests); not in git. */
export const outDir = path.join(projectDir, 'out');
