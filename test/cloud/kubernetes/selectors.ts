import { isRecord } from '../exchange.ts';
import type { KubernetesObject } from './clusters.ts';
import { KubernetesRefusal } from './kubernetesAnswer.ts';

type Test = (object: KubernetesObject) => boolean;

function unreadable(selector: string): KubernetesRefusal {
  return new KubernetesRefusal(400, 'BadRequest', `unable to parse requirement: ${selector}`);
}

function labelTest(requirement: string): Test {
  const set = /^(?<key>\S+)\s+(?<operator>in|notin)\s+\((?<list>[^)]*)\)$/u.exec(requirement)?.groups;
  const pair = /^(?<key>[^=!\s]+)\s*(?<operator>==?|!=)\s*(?<value>[^=!\s]*)$/u.exec(requirement)?.groups;
  const lone = /^(?<not>!?)(?<key>[\w./-]+)$/u.exec(requirement)?.groups;
  const valueOf = (object: KubernetesObject, key = ''): string | undefined => object.metadata.labels?.[key];
  if (set !== undefined) {
    const list = (set['list'] ?? '').split(',').map((value) => value.trim());
    return (object) => list.includes(valueOf(object, set['key']) ?? '') === (set['operator'] === 'in');
  }
  if (pair !== undefined) {
    return (object) => (valueOf(object, pair['key']) === pair['value']) === (pair['operator'] !== '!=');
  }
  if (lone !== undefined) {
    return (object) => (valueOf(object, lone['key']) === undefined) === (lone['not'] === '!');
  }
  throw unreadable(requirement);
}

/** Reads a `labelSelector` (kubernetes.io concepts/overview/working-with-objects/labels). @throws KubernetesRefusal 400 */
export function labelSelector(selector: string): Test {
  const tests = selector.split(/,(?![^(]*\))/u).filter((part) => part.trim() !== '').map((part) => labelTest(part.trim()));
  return (object) => tests.every((test) => test(object));
}

/** Fields that pods can be selected by beside their name and namespace (kubernetes pkg/apis/core/v1/conversion.go). */
const podFields = ['spec.serviceAccountName', 'spec.nodeName', 'status.phase'];

/** Reads a `fieldSelector`. @throws KubernetesRefusal 400 for a field that the collection cannot be selected by */
export function fieldSelector(selector: string, collection: string): Test {
  const tests = selector.split(',').filter((part) => part !== '').map((part): Test => {
    const { field = '', operator, value } = /^(?<field>[^=!]+)(?<operator>==?|!=)(?<value>.*)$/u.exec(part)?.groups ?? {};
    const known = ['metadata.name', 'metadata.namespace', ...(collection === 'pods' ? podFields : [])];
    if (!known.includes(field)) {
      throw new KubernetesRefusal(400, 'BadRequest', `field label not supported: ${field}`);
    }
    return (object) => {
      const found = field.split('.').reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), object);
      return ((found ?? '') === value) === (operator !== '!=');
    };
  });
  return (object) => tests.every((test) => test(object));
}
