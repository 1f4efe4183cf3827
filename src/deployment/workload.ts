/** One service account of a deployment that may need Azure. */
export interface Workload {
  /** Stable within its deployment: `scheduler`, `kpo`, … or the service account's name. */
  readonly id: string;
  readonly title: string;
  readonly serviceAccount: string;
  /** What the credential is called unless the user says otherwise: `<namespace>-<id>`, as the Astro UI does it. */
  readonly credentialName: string;
  /** Whether a primary source names this service account. Unconfirmed workloads are offered unticked. */
  readonly confirmed: boolean;
  /** Whether it is ticked when the form opens. */
  readonly recommended: boolean;
}

/** The subject that Kubernetes writes into a service account's token (Kubernetes docs: service account tokens). */
export function subjectOf(namespace: string, serviceAccount: string): string {
  return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/** Takes a subject apart again; `undefined` when it is no service account's. */
export function parseSubject(subject: string): { readonly namespace: string; readonly serviceAccount: string } | undefined {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject);
  const [, namespace, serviceAccount] = match ?? [];
  return namespace === undefined || serviceAccount === undefined ? undefined : { namespace, serviceAccount };
}

/** A workload for a service account that is known by its name alone. */
export function addedWorkload(namespace: string, serviceAccount: string): Workload {
  return {
    id: serviceAccount,
    title: serviceAccount,
    serviceAccount,
    credentialName: credentialNameFor(namespace, serviceAccount),
    confirmed: true,
    recommended: true,
  };
}

/** `<namespace>-<service account>` with what the service refuses replaced by `-`, at most 120 characters. */
export function credentialNameFor(namespace: string, serviceAccount: string): string {
  const tail = serviceAccount.startsWith(`${namespace}-`) ? serviceAccount.slice(namespace.length + 1) : serviceAccount;
  return `${namespace}-${tail}`
    .replaceAll(/[^a-zA-Z0-9-_]/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, 120);
}
