import { AirflowIdentityError } from '../../errors.ts';
import type { ConnectionUse } from '../../trust/details/connectionUses.ts';
import { withTenant } from '../../trust/details/connectionUses.ts';
import type { AstroProjects } from '../project/astroProjects.ts';

/**
 * Gives a connection the tenant it needs, as one undoable step in an editor that shows it; what else stands in it stays.
 * @throws AirflowIdentityError what keeps the file from being edited, or `AstroProjects.write`'s.
 */
export async function fixConnection(projects: AstroProjects, { uri, connection }: ConnectionUse, tenantId: string): Promise<void> {
  const wanted = withTenant(connection, tenantId);
  const plan = await projects.plan(uri, wanted);
  if (plan.kind === 'refused') {
    throw new AirflowIdentityError(plan.code, plan.message, { fix: plan.fix });
  }
  if (plan.kind === 'differs') {
    await projects.write(uri, wanted, plan.overwrite);
  }
}
