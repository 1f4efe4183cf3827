import * as l10n from '@vscode/l10n';
import { astroCliConfigPath, astroCliToken } from '../deployment/astroCliConfig.ts';
import { acrossFiles } from './acrossFiles.ts';
import { airflowConnection } from '../connection/writeConnection.ts';
import { formatIssues, isAzureConnection, issueFinder } from './connectionIssues.ts';
import { formatOf, projectFormats } from './formats.ts';
import { knownSecrets } from './helmValues/knownSecrets.ts';
import { planSecretReference } from './helmValues/planSecretReference.ts';
import { planServiceAccounts } from './helmValues/planServiceAccounts.ts';
import { kubectlSecret, secretKeyProblem, secretNameProblem } from './helmValues/secretTarget.ts';
import { fileCompletions } from './language/completions.ts';
import { acrossDiagnoses } from './language/acrossDiagnoses.ts';
import { Diagnoser } from './language/diagnoser.ts';
import { fixedText, fixEdits } from './language/fixEdits.ts';
import { pythonCompletions } from './language/pythonCompletions.ts';
import { identityConnections } from './identityConnections.ts';
import { planEnvironment } from './environmentManager/planEnvironment.ts';
import { planMove } from './movePlan.ts';
import { projectName } from './projectName.ts';
import { readYaml } from './yaml/readYaml.ts';
import { planProvider } from './requirements/planProvider.ts';

/** Gives the texts of this bundle in the user's language; without any they stay English. */
function configureText(contents: Readonly<Record<string, string>> | undefined): void {
  if (contents !== undefined) {
    l10n.config({ contents });
  }
}

/** What `dist/language.js` gives: everything that reads or plans project files, with the YAML parser it needs. */
export const language = {
  configureText,
  projectFormats,
  formatOf,
  identityConnections,
  acrossFiles,
  isAzureConnection,
  issueFinder,
  formatIssues,
  planEnvironment,
  planMove,
  planServiceAccounts,
  knownSecrets,
  planSecretReference,
  kubectlSecret,
  secretNameProblem,
  secretKeyProblem,
  airflowConnection,
  fileCompletions,
  pythonCompletions,
  acrossDiagnoses,
  Diagnoser,
  fixEdits,
  fixedText,
  planProvider,
  projectName,
  readYaml,
  astroCliConfigPath,
  astroCliToken,
} as const;

/** The type of `dist/language.js`, for the side that loads it. */
export type LanguageBundle = typeof language;
