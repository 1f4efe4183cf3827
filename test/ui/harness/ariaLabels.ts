import type { Locator } from 'playwright-core';

/** What is used of a DOM element: the tests are compiled without the DOM's types. */
interface WithAttributes {
  getAttribute(name: string): string | null;
}

/** Gives the `aria-label` of each element that a locator finds now: what a screen reader says. */
export function ariaLabels(locator: Locator): Promise<string[]> {
  return locator.evaluateAll((elements: WithAttributes[]) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
}
