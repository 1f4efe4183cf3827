import { AirflowIdentityError } from '../errors.ts';

/** An ARM id as the path of a request: names may hold what a URL may not. */
export function armPath(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

/** The codes of ARM and of resource providers for something that does not exist; a missing subscription may be one that cannot be seen. */
const goneCodes: ReadonlySet<string> = new Set(['NotFound', 'ResourceNotFound', 'ResourceGroupNotFound', 'ParentResourceNotFound', 'RoleAssignmentNotFound']);

/** True when the service says that what was asked for does not exist: a deletion has nothing left to do. */
export function isGone(error: unknown): error is AirflowIdentityError {
  return error instanceof AirflowIdentityError && error.code === 'notFound' && goneCodes.has(error.details.serviceCode ?? '');
}
