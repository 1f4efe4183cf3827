import type { QuotaView } from '../page/viewParts.ts';
import { element } from './markup.ts';
import type { Markup } from './markup.ts';

/** Width of one slot; 9 of it are drawn and 1 is the gap, by `stroke-dasharray` in form.css. */
const slot = 10;

/**
 * Draws the slots of an identity: used ones tall, planned half as tall, free flat, so that height tells them apart
 * without colour. The sentence beside it says the same, so it is hidden from assistive technology.
 */
export function quotaMeter(quota: QuotaView): Markup {
  const used = within(quota.used, 0, quota.limit);
  const planned = within(quota.planned, 0, quota.limit - used);
  const width = quota.limit * slot;
  return element('svg', { viewBox: `0 0 ${width} 8`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [
    stroke('used', 0, used, 4),
    stroke('planned', used, planned, 6),
    stroke('free', used + planned, quota.limit - used - planned, 7),
  ]);
}

function stroke(name: string, from: number, slots: number, middle: number): Markup | undefined {
  return slots === 0
    ? undefined
    : element('path', { key: name, class: name, d: `M${from * slot} ${middle}h${slots * slot}` });
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
