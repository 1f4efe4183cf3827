import * as v from 'valibot';
import type { UsedServiceAccount } from '../deployment/kubernetesPort.ts';

/*
 * What is used of the Kubernetes API's lists (Kubernetes docs, API reference v1: ServiceAccountList, PodList). Unknown properties
 * are ignored.
 */

const texts = v.optional(v.nullable(v.record(v.string(), v.string())));

interface ListPage<Item> {
  readonly metadata: { readonly continue?: string | undefined };
  readonly items: readonly Item[];
}

/** A page of a list; `continue` leads to the next one. */
export function listSchema<T extends v.GenericSchema>(item: T): v.GenericSchema<unknown, ListPage<v.InferOutput<T>>> {
  return v.object({ metadata: v.object({ continue: v.optional(v.string()) }), items: v.array(item) });
}

/** A service account in a list. */
export const serviceAccountSchema = v.object({ metadata: v.object({ name: v.string(), annotations: texts }) });

/** A pod in a list. */
export const podSchema = v.object({
  metadata: v.object({ labels: texts }),
  spec: v.object({ serviceAccountName: v.optional(v.string(), 'default') }),
});

/** The service accounts of a namespace, those that pods run as first, then by name. */
export function usedServiceAccounts(accounts: readonly v.InferOutput<typeof serviceAccountSchema>[], pods: readonly v.InferOutput<typeof podSchema>[]): readonly UsedServiceAccount[] {
  return accounts
    .map(({ metadata: { name, annotations } }): UsedServiceAccount => {
      const own = pods.filter(({ spec }) => spec.serviceAccountName === name);
      const labels = own.map(({ metadata }) => metadata.labels ?? {});
      return {
        name,
        pods: own.length,
        components: [...new Set(labels.flatMap(({ component }) => component ?? []))].sort(),
        clientId: annotations?.['azure.workload.identity/client-id'],
        asksForToken: labels.some((of) => of['azure.workload.identity/use'] === 'true'),
      };
    })
    .sort((a, b) => Number(b.pods > 0) - Number(a.pods > 0) || a.name.localeCompare(b.name));
}
