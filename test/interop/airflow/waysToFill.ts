import type { IdentityConnection } from '../../../src/connection/airflowConnection.ts';
import type { ConnectionType } from '../../../src/connection/connectionType.ts';
import { clientId, tenantId } from './expectations.ts';

/** Every way a type can be filled in: with each of its choices alone, and with everything. Values are the catalogue's examples. */
export function waysToFill({ id, fields }: ConnectionType): readonly IdentityConnection[] {
  const examples = (ofFields: ConnectionType['fields']): Record<string, string> =>
    Object.fromEntries(ofFields.filter(({ fixed }) => fixed === undefined).map((field) => [field.id, field.kind === 'boolean' ? 'true' : field.example]));
  const required = fields.filter(({ need }) => need === 'required');
  const choices = fields.filter(({ need }) => need === 'choice');
  const smallest = choices.length === 0 ? [examples(required)] : choices.map((choice) => examples([...required, choice]));
  return [...smallest, examples(fields)].map((values) => ({ connectionId: 'azure_wi', type: id, clientId, tenantId, values }));
}
