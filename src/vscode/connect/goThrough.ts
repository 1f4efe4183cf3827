import type { StepAnswer, Turn } from './stepPick.ts';

/** Goes from step to step, and back; ends after the last step or when the user leaves. Back from the first begins it anew. */
export async function goThrough(steps: readonly (() => Promise<Turn>)[]): Promise<Exclude<Turn, 'back'>> {
  for (let index = 0; index < steps.length; ) {
    const turn = (await steps[index]?.()) ?? 'cancelled';
    if (turn === 'cancelled') {
      return turn;
    }
    index = turn === 'next' ? index + 1 : Math.max(0, index - 1);
  }
  return 'next';
}

/** Takes the value of a step that was answered, and says where that leads. */
export function taken<T>(answer: StepAnswer<T>, take: (value: T) => void): Turn {
  if (answer.kind === 'picked') {
    take(answer.value);
    return 'next';
  }
  return answer.kind;
}
