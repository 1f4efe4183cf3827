import { sample } from '../../cloud/sampleWorld.ts';
import { openWorkbench } from '../harness/workbench.ts';
import type { Workbench, WorkbenchOptions } from '../harness/workbench.ts';

/** What the extension host needs to see the sample organization's deployments. */
export const astroEnvironment = { ASTRO_API_TOKEN: sample.astro.tokens.organization };

/** Signs dana in from the view's welcome content. */
export async function signIn(workbench: Workbench): Promise<void> {
  await workbench.openContainer();
  const identities = workbench.tree('Identities');
  await identities.pressWelcome('Sign In to Azure');
  await workbench.dialog.allowSignIn();
  await workbench.quickInput.pick(sample.accounts.dana.label);
  await identities.row(/Contoso/).first().waitFor();
}

/** A VS Code in which dana has signed in to Azure and the Astro token is known. */
export async function openSignedIn(options: WorkbenchOptions = {}): Promise<Workbench> {
  const workbench = await openWorkbench({ ...options, env: { ...astroEnvironment, ...options.env } });
  try {
    await signIn(workbench);
  } catch (error) {
    await workbench.screenshot('failed-sign-in');
    await workbench.close();
    throw error;
  }
  return workbench;
}
