import type { WriteProgress } from '../../../src/trust/pacedWrite.ts';

/** A pause before another try. */
export type Pause = Extract<WriteProgress, { state: 'pausing' }>;

/** One line for each reason, with all the tries that followed. The silence is shorter here than in the product. */
export function pauseTexts(pauses: readonly Pause[]): string[] {
  return [...Map.groupBy(pauses, ({ reason }) => reason)].map(([reason, group]) =>
    `${reason.replace('within 1 seconds', 'within 30 seconds')} ${group.map(({ attempt, waitMs }) => `Try ${attempt} in ${waitMs / 1000} s.`).join(' ')}`);
}
