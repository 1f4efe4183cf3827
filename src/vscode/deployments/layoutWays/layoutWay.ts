import type { Layout } from '../../../deployment/layouts/layouts.ts';
import type { StepAnswer } from '../../connect/stepPick.ts';

/** What a way of finding the service accounts begins with. */
export interface LayoutQuestion {
  readonly title: string;
  readonly namespace: string;
  /** Host of the cluster's API server, where that is known. */
  readonly apiServer: string | undefined;
  /** The layout that the deployment has so far. */
  readonly known: Layout | undefined;
}

/** How Airflow names its service accounts, as far as a way found it out. */
export interface FoundLayout {
  readonly layout: Layout;
  readonly airflowVersion?: string;
}

/** A way of finding the service accounts of an Airflow in a cluster. */
export interface LayoutWay {
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  /** True for the way that a layout was found in, which is then offered first. */
  made(layout: Layout): boolean;
  ask(question: LayoutQuestion): Promise<StepAnswer<FoundLayout>>;
}
