import { AirflowIdentityError } from '../../errors.ts';
import type { FormatRefusal } from '../../project/projectFormat.ts';

/**
 * What was planned or read, or the reason why not, thrown.
 * @throws AirflowIdentityError what the refusal says
 */
export function notRefused<T extends { readonly kind: string }>(plan: T): Exclude<T, FormatRefusal> {
  if (plan.kind === 'refused') {
    const { code, message, fix } = plan as unknown as FormatRefusal;
    throw new AirflowIdentityError(code, message, { fix });
  }
  return plan as Exclude<T, FormatRefusal>;
}
