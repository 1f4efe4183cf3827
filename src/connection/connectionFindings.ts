import * as l10n from '@vscode/l10n';
import type { AirflowConnection } from './airflowConnection.ts';
import type { ConnectionType } from './connectionType.ts';
import { identityKeys } from './identityKeys.ts';
import { connectionTypeOf } from './types/connectionTypes.ts';
import { isFilled } from './types/fieldRules.ts';
import { secretOnlyTypes } from './types/secretOnlyTypes.ts';

/** Stable: users see them beside the message and find them in the docs. */
export type FindingCode =
  | 'half-identity' | 'secret-wins' | 'misspelt-key' | 'missing-field' | 'empty-schema' | 'wrong-value' | 'secret-only-type';

/** What keeps a connection from signing in as its identity, whatever file it stands in. */
export interface ConnectionFinding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'information';
  /** The part it is about: `type`, `host`, `login`, `extra.<key>`, … */
  readonly part: string;
  readonly message: string;
  /** What mends it: parts to be taken away, keys of `extra` to be renamed, or values to be set. */
  readonly fix?:
    | { readonly kind: 'remove'; readonly parts: readonly string[] }
    | { readonly kind: 'rename'; readonly part: string; readonly to: string }
    | { readonly kind: 'set'; readonly part: string; readonly value: string };
}

/**
 * What is wrong with a connection, without asking anybody: half an identity, a secret that wins, keys that are not read,
 * fields that are missing. A connection that names no identity is nobody's business here. Rules: the types' own.
 */
export function connectionFindings(connection: AirflowConnection): readonly ConnectionFinding[] {
  if (!Object.values(identityKeys).some((key) => isFilled(connection, `extra.${key}`))) {
    return [];
  }
  const type = connectionTypeOf(connection.type);
  return [...identityFindings(connection), ...(type === undefined ? secretOnlyFindings(connection) : typeFindings(type, connection))];
}

function secretOnlyFindings(connection: AirflowConnection): readonly ConnectionFinding[] {
  const type = secretOnlyTypes().find(({ id }) => id === connection.type);
  return type === undefined ? [] : [{ code: 'secret-only-type', severity: 'error', part: 'type', message: `${type.title}: ${type.why}` }];
}

function identityFindings({ extra }: AirflowConnection): readonly ConnectionFinding[] {
  const isSet = (key: string): boolean => extra[key] !== undefined && extra[key] !== null && extra[key] !== '';
  const { clientId, tenantId } = identityKeys;
  if (isSet(clientId) === isSet(tenantId)) {
    return [];
  }
  const [present, missing] = isSet(clientId) ? [clientId, tenantId] : [tenantId, clientId];
  return [{
    code: 'half-identity',
    severity: 'error',
    part: `extra.${present}`,
    message: l10n.t('{0} is set without {1}. Airflow then ignores both and signs in with whatever identity it finds.', present, missing),
  }];
}

function typeFindings(type: ConnectionType, connection: AirflowConnection): readonly ConnectionFinding[] {
  const findings: ConnectionFinding[] = type.secrets.filter(({ applies }) => applies(connection)).map(({ fields, message }) => ({
    code: 'secret-wins', severity: 'error', part: fields[0] ?? 'type', message, fix: { kind: 'remove', parts: fields },
  }));
  for (const [wrong, right] of Object.entries(type.misspelt)) {
    if (isFilled(connection, `extra.${wrong}`) && !isFilled(connection, `extra.${right}`) && type.fields.some(({ id }) => id === right)) {
      findings.push({
        code: 'misspelt-key', severity: 'error', part: `extra.${wrong}`,
        message: l10n.t('A connection of type {0} does not read {1}; the key is {2}.', type.id, wrong, right),
        fix: { kind: 'rename', part: `extra.${wrong}`, to: right },
      });
    }
  }
  return [...findings, ...fieldFindings(type, connection, new Set(findings.flatMap(({ fix }) => (fix?.kind === 'rename' ? [fix.to] : []))))];
}

function fieldFindings(type: ConnectionType, connection: AirflowConnection, renamed: ReadonlySet<string>): readonly ConnectionFinding[] {
  const findings: ConnectionFinding[] = [];
  const partOf = (field: ConnectionType['fields'][number]): string => (field.place === 'extra' ? `extra.${field.id}` : field.place);
  for (const field of type.fields) {
    const part = partOf(field);
    const value = field.place === 'extra' ? connection.extra[field.id] : connection[field.place];
    if (field.fixed === '') {
      if (value === undefined || value === null) {
        findings.push({
          code: 'empty-schema', severity: 'error', part,
          message: l10n.t('A connection of type {0} needs {1} to be there and empty. Where it is missing, the hook takes the text "None" for a connection string and fails.', type.id, part),
          fix: { kind: 'set', part, value: '' },
        });
      }
    } else if (!isFilled(connection, part)) {
      if (field.need === 'required' && !renamed.has(field.id)) {
        findings.push({
          code: 'missing-field', severity: 'warning', part,
          message: l10n.t('{0} is missing: a connection of type {1} needs it. {2}', part, type.id, field.description),
          ...(field.fixed === undefined ? {} : { fix: { kind: 'set', part, value: field.fixed } as const }),
        });
      }
    } else if (typeof value === 'string') {
      const problem = field.problem?.(value);
      if (problem !== undefined) {
        findings.push({ code: 'wrong-value', severity: 'error', part, message: problem });
      }
    }
  }
  const choices = type.fields.filter(({ need }) => need === 'choice');
  const [first] = choices;
  if (first !== undefined && !choices.some((field) => isFilled(connection, partOf(field)))) {
    findings.push({
      code: 'missing-field', severity: 'warning', part: partOf(first),
      message: l10n.t('A connection of type {0} needs one of these: {1}.', type.id, choices.map(partOf).join(', ')),
    });
  }
  return findings;
}
