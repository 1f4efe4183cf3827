/** A folder with the names of the folders above it, nearest last; the workspace folder's own name comes first. */
export type FolderPath = readonly [string, ...string[]];

/**
 * Labels such as `etl-pipelines/airflow_settings.yaml`, in the order given. Folders of the same name are told apart by
 * as many of the folders above them as that takes.
 */
export function projectLabels(folders: readonly FolderPath[], file: string): readonly string[] {
  return folders.map((folder) => {
    const length = shortestUnique(folder, folders);
    return [...folder.slice(-length), file].join('/');
  });
}

function shortestUnique(folder: FolderPath, all: readonly FolderPath[]): number {
  for (let length = 1; length < folder.length; length += 1) {
    const tail = folder.slice(-length).join('/');
    if (all.filter((other) => other.slice(-length).join('/') === tail).length === 1) {
      return length;
    }
  }
  return folder.length;
}
