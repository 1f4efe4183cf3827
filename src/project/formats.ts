import { airflowSettingsFormat } from './airflowSettings/airflowSettingsFormat.ts';
import { astroDeploymentFormat } from './astroDeployment/astroDeploymentFormat.ts';
import { connectionsEnvFormat } from './connectionsEnv/connectionsEnvFormat.ts';
import { connectionsJsonFormat } from './connectionsJson/connectionsJsonFormat.ts';
import { connectionsYamlFormat } from './connectionsYaml/connectionsYamlFormat.ts';
import { dockerComposeFormat } from './dockerCompose/dockerComposeFormat.ts';
import { dotEnvFormat } from './dotEnv/dotEnvFormat.ts';
import { helmValuesFormat } from './helmValues/helmValuesFormat.ts';
import type { ProjectFormat } from './projectFormat.ts';

/** Every file format that can hold connections, the ones most people have first. Made on demand: their texts are in the user's language. */
export function projectFormats(): readonly ProjectFormat[] {
  return [airflowSettingsFormat(), dotEnvFormat(), connectionsJsonFormat(), connectionsYamlFormat(), connectionsEnvFormat(), dockerComposeFormat(), astroDeploymentFormat(), helmValuesFormat()];
}

/** The format of a file, by its path with slashes, or `undefined` for files that hold no connections. */
export function formatOf(path: string): ProjectFormat | undefined {
  return projectFormats().find(({ patterns }) => patterns.some((pattern) => globPattern(pattern).test(path)));
}

/** A glob of `**`, `*` and `{a,b}`, as a pattern for the end of a path. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|[*{},.]/g, (part) => ({ '**/': '(?:.*/)?', '*': '[^/]*', '{': '(?:', '}': ')', ',': '|', '.': '\\.' })[part] ?? part);
  return new RegExp(`(?:^|/)${source}$`);
}
