import * as v from 'valibot';
import { addedWorkload } from '../workload.ts';
import { layoutKind } from './layoutKind.ts';

/** Service accounts that somebody named one by one. */
export const listedLayout = layoutKind(
  'listed',
  { serviceAccounts: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(100), v.readonly()) },
  ({ namespace }, { serviceAccounts }) => serviceAccounts.map((serviceAccount) => addedWorkload(namespace, serviceAccount)),
);
