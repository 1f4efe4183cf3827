import * as l10n from '@vscode/l10n';
import { AirflowIdentityError } from '../errors.ts';
import type { AirflowConnection, IdentityConnection } from './airflowConnection.ts';
import type { ConnectionField, ConnectionType } from './connectionType.ts';
import { connectionIdProblem } from './connectionId.ts';
import { identityKeys } from './identityKeys.ts';
import { connectionTypeOf } from './types/connectionTypes.ts';
import { guidProblem } from './types/fieldRules.ts';
import { secretOnlyTypes } from './types/secretOnlyTypes.ts';

/**
 * What is wrong with a wanted connection, as sentences by the part they are about: `connectionId`, `type`, `clientId`,
 * `tenantId` or a field's id. The provider checks none of it: what is wrong fails only when a task runs, or not at all.
 */
export function connectionProblems(wanted: IdentityConnection): Readonly<Record<string, string>> {
  const type = connectionTypeOf(wanted.type);
  const problems: Record<string, string | undefined> = {
    connectionId: connectionIdProblem(wanted.connectionId),
    clientId: guidProblem(l10n.t('The client ID'), wanted.clientId),
    tenantId: guidProblem(l10n.t('The tenant ID'), wanted.tenantId),
    type: type === undefined ? typeProblem(wanted.type) : undefined,
    ...(type === undefined ? {} : fieldProblems(type, wanted.values)),
  };
  return Object.fromEntries(Object.entries(problems).flatMap(([part, problem]) => (problem === undefined ? [] : [[part, problem]])));
}

/**
 * The connection that Airflow is to hold, with nothing in it that the type does not read.
 * @throws AirflowIdentityError `invalidInput` when something is wrong with it or missing.
 */
export function airflowConnection(wanted: IdentityConnection): AirflowConnection {
  const type = connectionTypeOf(wanted.type);
  const [problem] = Object.values(connectionProblems(wanted));
  if (type === undefined || problem !== undefined) {
    throw new AirflowIdentityError('invalidInput', problem ?? typeProblem(wanted.type));
  }
  const written = type.fields.flatMap((field) => {
    const value = valueOf(field, wanted.values);
    return value === undefined ? [] : [{ field, value }];
  });
  const at = (place: ConnectionField['place']): string | undefined => written.find(({ field }) => field.place === place)?.value;
  return {
    connectionId: wanted.connectionId,
    type: type.id,
    host: at('host'),
    schema: at('schema'),
    login: at('login'),
    password: undefined,
    port: undefined,
    extra: Object.fromEntries([
      [identityKeys.clientId, wanted.clientId],
      [identityKeys.tenantId, wanted.tenantId],
      ...written.filter(({ field }) => field.place === 'extra').map(({ field, value }) =>
        [field.id, field.kind === 'boolean' ? value === 'true' : value] as const),
    ]),
  };
}

function fieldProblems(type: ConnectionType, values: IdentityConnection['values']): Record<string, string | undefined> {
  const choices = type.fields.filter(({ need }) => need === 'choice');
  const hasChoice = choices.some((field) => valueOf(field, values) !== undefined);
  return Object.fromEntries(type.fields.map((field) => {
    const value = valueOf(field, values);
    if (value !== undefined) {
      return [field.id, field.fixed === undefined ? valueProblem(field, value) : undefined];
    }
    if (field.need === 'required') {
      return [field.id, l10n.t('{0} is missing: a connection of type {1} needs it.', field.title, type.id)];
    }
    return [field.id, field === choices[0] && !hasChoice
      ? l10n.t('A connection of type {0} needs one of these: {1}.', type.id, choices.map(({ title }) => title).join(', '))
      : undefined];
  }));
}

function valueProblem(field: ConnectionField, value: string): string | undefined {
  if (field.kind === 'boolean' && value !== 'true' && value !== 'false') {
    return l10n.t('{0} has to be true or false.', field.title);
  }
  return value === value.trim() ? field.problem?.(value) : l10n.t('{0} begins or ends with blanks, which Airflow would keep.', field.title);
}

/** What is written for a field; `undefined` when nothing is. */
function valueOf(field: ConnectionField, values: IdentityConnection['values']): string | undefined {
  const value = field.fixed ?? values[field.id];
  return value === '' && field.fixed === undefined ? undefined : value;
}

function typeProblem(id: string): string {
  const secretOnly = secretOnlyTypes().find((type) => type.id === id);
  return secretOnly === undefined
    ? l10n.t('Connections of type "{0}" do not sign in with a managed identity.', id)
    : `${secretOnly.title}: ${secretOnly.why}`;
}
