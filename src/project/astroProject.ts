/** The files of an Astro project that this extension reads or edits, from the project's folder. */
export const astroProjectFiles = {
  config: '.astro/config.yaml',
  settings: 'airflow_settings.yaml',
  requirements: 'requirements.txt',
} as const;

/**
 * The project folder that a found `.astro/config.yaml` belongs to, without a slash at its end, or `undefined`. The home
 * folder is no project: there the same file holds the Astro CLI's own settings (astronomer/astro-cli `config/config.go`,
 * `IsProjectDir`). Give both paths in the same form: both as `vscode.Uri.path` has them, or both as the file system does.
 */
export function projectFolder(configPath: string, homeFolder: string | undefined): string | undefined {
  const path = withSlashes(configPath);
  const suffix = `/${astroProjectFiles.config}`;
  if (!path.endsWith(suffix)) {
    return undefined;
  }
  const folder = path.slice(0, -suffix.length);
  return homeFolder !== undefined && isSameFolder(folder, withSlashes(homeFolder)) ? undefined : folder;
}

/** Paths with a drive letter are of Windows, which ignores letter case. */
function isSameFolder(a: string, b: string): boolean {
  return a === b || (/^\/?[a-z]:/i.test(a) && a.toLowerCase() === b.toLowerCase());
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/+$/, '');
}
