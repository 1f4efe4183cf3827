import type { AirflowConnection } from '../../connection/airflowConnection.ts';
import { connectionVariable } from '../../connection/connectionEnvironment.ts';
import type { FormatRefusal } from '../projectFormat.ts';
import { thrownRefusal } from '../refusal.ts';
import { markLength } from '../textLines.ts';
import { readYaml } from '../yaml/yamlDocument.ts';
import { chartOf } from './charts.ts';
import { madeSecrets, wholeSecrets } from './madeSecrets.ts';
import { valuesContent } from './valuesContent.ts';
import { noChart, valuesFile } from './valuesFile.ts';

/** A Kubernetes secret that a `values.yaml` speaks of. */
export interface KnownSecret {
  /** As it is written there, actions of a template included. */
  readonly name: string;
  /** True where the chart makes it of the file. */
  readonly isMade: boolean;
  /** The key that a connection is best kept under: its variable where every key is one, else its id. */
  readonly proposedKey: string;
}

/** What a `values.yaml` says of Kubernetes secrets. */
export interface KnownSecrets {
  readonly kind: 'secrets';
  readonly secrets: readonly KnownSecret[];
  /** True where the file's chart can make further ones. */
  readonly canMake: boolean;
}

/** The secrets that a file makes or gets variables from, those it makes first. Never throws. */
export function knownSecrets(text: string, { connectionId }: Pick<AirflowConnection, 'connectionId'>): KnownSecrets | FormatRefusal {
  try {
    const document = readYaml(text.slice(markLength(text)), valuesFile);
    const chart = document.kind === 'refused' ? undefined : chartOf(document);
    if (document.kind === 'refused' || chart === undefined) {
      return document.kind === 'refused' ? document : noChart(text);
    }
    const whole = wholeSecrets(document, chart);
    const made = madeSecrets(document, chart).map(({ name }) => name);
    const named = new Set([...made, ...whole, ...valuesContent(document, chart).references.map(({ secretName }) => secretName)]);
    return {
      kind: 'secrets',
      secrets: Array.from(named, (name) => ({ name, isMade: made.includes(name), proposedKey: whole.includes(name) ? connectionVariable(connectionId) : connectionId })),
      canMake: chart.madeSecrets !== undefined,
    };
  } catch (error) {
    return thrownRefusal(valuesFile.title, error, valuesFile.shapeFix());
  }
}
