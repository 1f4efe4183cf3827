/** Folders by which the files of a workspace belong together, each without a slash at its end. */
export interface ProjectFolders {
  /** Folders of Astro projects. */
  readonly astro: readonly string[];
  /** Folders from which an Airflow is started on this computer: of compose files and of `airflow_settings.yaml`. */
  readonly started: readonly string[];
  /** The workspace folder that the file stands in; empty for a file outside. */
  readonly workspace: string;
}

/**
 * The project that a file belongs to: the Astro project around it, else the folder around it from which Airflow is started, the
 * innermost of several, else the whole workspace folder. What other projects of a workspace say about a connection is their business.
 */
export function projectOf(file: string, { astro, started, workspace }: ProjectFolders): string {
  return innermost(file, astro) ?? innermost(file, started) ?? workspace;
}

function innermost(file: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => file.startsWith(`${folder}/`)).reduce<string | undefined>((longest, folder) => (folder.length > (longest?.length ?? -1) ? folder : longest), undefined);
}
