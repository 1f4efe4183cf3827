import type { ConnectionResource } from './connectionResource.ts';
import type { ConnectionType, FieldSource } from './connectionType.ts';

/**
 * What a chosen resource says about a connection of this type, by the ids of the fields. A subscription or a resource group
 * says nothing of the rest.
 */
export function valuesOfResource(type: ConnectionType, source: FieldSource, resource: ConnectionResource): Readonly<Record<string, string>> {
  const place: readonly (FieldSource | undefined)[] = source === 'subscription' ? ['subscription'] : ['subscription', 'resourceGroup'];
  const isPlace = source === 'subscription' || source === 'resourceGroup';
  return Object.fromEntries(type.fields.flatMap((field) => {
    const value = isPlace && !place.includes(field.source) ? undefined : field.fill?.(resource);
    return value === undefined || value === '' ? [] : [[field.id, value]];
  }));
}
