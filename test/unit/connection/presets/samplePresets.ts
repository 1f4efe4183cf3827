import type { Preset, PresetAnswers } from '../../../../src/connection/preset.ts';

/** The identity of every preset in these tests. */
export const identity = { clientId: '7d3c1f90-2b84-4c6a-9e15-8f0a6b2d4c71', tenantId: '2f6d8a31-90bc-4e57-a1d2-3c4b5a697887' } as const;

/** A preset filled in with what it proposes, and with examples where it proposes nothing. */
export function exampleAnswers({ questions }: Preset): PresetAnswers {
  return { ...identity, values: Object.fromEntries(questions.map(({ id, example, proposed }) => [id, proposed ?? example])) };
}
