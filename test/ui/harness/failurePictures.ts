import type { Workbench } from './workbench.ts';

/** Registers a hook that writes `out/failed-TEST.png` when a test of this suite fails. */
export function pictureOnFailure(workbench: () => Workbench | undefined): void {
  afterEach(async function picture() {
    if (this.currentTest?.state === 'failed') {
      const name = this.currentTest.fullTitle().replaceAll(/[^\w]+/g, '-').slice(0, 100);
      console.log(`      picture: ${(await workbench()?.screenshot(`failed-${name}`)) ?? 'none, VS Code did not start'}`);
    }
  });
}
