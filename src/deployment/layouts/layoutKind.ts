import * as v from 'valibot';
import type { DeploymentFacts } from '../deployment.ts';
import type { Workload } from '../workload.ts';

type KindSchema<Kind extends string, Entries extends v.ObjectEntries> = v.ObjectSchema<{ readonly kind: v.LiteralSchema<Kind, undefined> } & Entries, undefined>;

/** A way in which the service accounts of a deployment are named. */
export interface LayoutKind<Kind extends string, Entries extends v.ObjectEntries> {
  /** Of the data that a deployment holds; also read back from storage. */
  readonly schema: KindSchema<Kind, Entries>;
  /** The workloads of a deployment of this kind, or `undefined` where the layout is of another. */
  workloadsIn(deployment: DeploymentFacts, layout: { readonly kind: string }): readonly Workload[] | undefined;
}

/** Makes a kind of layout from what its data holds and its rule; the rule only ever sees data of its own kind. */
export function layoutKind<Kind extends string, Entries extends v.ObjectEntries>(
  kind: Kind,
  entries: Entries,
  workloads: (deployment: DeploymentFacts, layout: v.InferOutput<KindSchema<Kind, Entries>>) => readonly Workload[],
): LayoutKind<Kind, Entries> {
  return {
    schema: v.object({ kind: v.literal(kind), ...entries }),
    // The kind says which of the schemas the data was read with.
    workloadsIn: (deployment, layout) => (layout.kind === kind ? workloads(deployment, layout as v.InferOutput<KindSchema<Kind, Entries>>) : undefined),
  };
}
