import type { Theme } from './pageServer.ts';

/** How each page is drawn and looked at: every theme, wide, narrow, and as on a phone or at 400 %. */
export const looks: readonly { readonly theme: Theme; readonly width: number }[] = [
  { theme: 'dark', width: 1200 },
  { theme: 'light', width: 1200 },
  { theme: 'highContrast', width: 1200 },
  { theme: 'light', width: 700 },
  { theme: 'dark', width: 320 },
  { theme: 'light', width: 320 },
  { theme: 'highContrast', width: 320 },
];
