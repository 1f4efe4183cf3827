import { ArmRefusal } from './armAnswer.ts';
import type { ArmCall } from './armAnswer.ts';

/**
 * Makes sure that what a scope names is there; what lies inside of a resource (a container) is not asked for.
 * @throws ArmRefusal 404 SubscriptionNotFound, ResourceGroupNotFound or ResourceNotFound
 */
export function requireScope(call: ArmCall, scope: string): void {
  const { resources } = call.world;
  const [, , subscriptionId = '', , group, , namespace, type, name] = scope.split('/');
  const options = { headers: { 'x-ms-failure-cause': 'gateway' } };
  if (resources.subscription(subscriptionId) === undefined) {
    throw new ArmRefusal(404, 'SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`);
  }
  if (group !== undefined && resources.group(subscriptionId, group) === undefined) {
    throw new ArmRefusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`, options);
  }
  if (name !== undefined) {
    const id = scope.split('/').slice(0, 9).join('/');
    if (resources.other(id) === undefined && resources.identityById(id) === undefined) {
      const message = `The Resource '${namespace ?? ''}/${type ?? ''}/${name}' under resource group '${group ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
      throw new ArmRefusal(404, 'ResourceNotFound', message, options);
    }
  }
}
