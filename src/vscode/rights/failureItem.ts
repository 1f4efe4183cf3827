import { toAirflowIdentityError } from '../../errors.ts';
import type { StepItem } from '../connect/stepPick.ts';
import type { Services } from '../services.ts';

/** What could not be read, in the place of what is missing; picking it shows the log. */
export function failureItem(services: Pick<Services, 'commands' | 'log'>, name: string, caught: unknown): StepItem<never> {
  const error = toAirflowIdentityError(caught);
  services.log.failure(name, error);
  return {
    label: `$(error) ${error.message}`,
    ...(error.fix === undefined ? {} : { detail: error.fix }),
    alwaysShow: true,
    run: () => services.commands.execute('airflowIdentity.showLog'),
  };
}
