// npm run screenshots: renders the README's pictures (docs/pictures) from the running product, and everything else that it shows, in
// every theme and narrow, into out/screenshots, to be looked at. Takes the names of chapters; all of them without any.
import { buildAll } from '../tasks/runCommand.ts';
import { whenAskedToEnd } from '../tasks/whenAskedToEnd.ts';
import { Camera, windowSize } from './pictures/camera.ts';
import { pictureAddConnection, pictureAddDeployment, pictureConnectionTypes } from './pictures/connectionPictures.ts';
import { pictureAccess, pictureCreate, pictureDelete, pictureFilter, pictureFind, pictureMissingRight, pictureRows, pictureUnfinished } from './pictures/identityPictures.ts';
import { picturePreset } from './pictures/presetPictures.ts';
import { pictureEditor } from './pictures/editorPictures.ts';
import { pictureDetails, pictureStory, pictureViews } from './pictures/storyPictures.ts';
import { astroEnvironment, signIn } from './story/signedIn.ts';
import { openWorkbench } from './harness/workbench.ts';
import type { Workbench } from './harness/workbench.ts';

/** In the order in which they are taken: the last one leaves the cloud changed. */
const chapters: Readonly<Record<string, (workbench: Workbench, camera: Camera) => Promise<void>>> = {
  views: pictureViews,
  details: pictureDetails,
  story: pictureStory,
  types: pictureConnectionTypes,
  connection: pictureAddConnection,
  preset: picturePreset,
  source: pictureAddDeployment,
  editor: pictureEditor,
  rows: pictureRows,
  filter: pictureFilter,
  find: pictureFind,
  create: pictureCreate,
  delete: pictureDelete,
  access: pictureAccess,
  right: pictureMissingRight,
  unfinished: pictureUnfinished,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in chapters));
if (unknown.length > 0) {
  throw new Error(`There is no chapter ${unknown.join(', ')}; there are ${Object.keys(chapters).join(', ')}.`);
}

await buildAll();
const workbench = await openWorkbench({ viewport: windowSize, userSettings: { 'window.title': '${rootName}' }, env: astroEnvironment });
whenAskedToEnd(() => void workbench.close().finally(() => process.exit(1)));
try {
  const camera = new Camera(workbench);
  await workbench.setTheme('dark');
  await workbench.openContainer();
  await workbench.tree('Identities').welcome();
  await camera.widenSideBar();
  await camera.inEveryTheme('welcome');
  await signIn(workbench);
  for (const [name, take] of Object.entries(chapters)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      await take(workbench, camera).catch(async (error: unknown) => {
        // One chapter that fails leaves the others worth looking at.
        process.exitCode = 1;
        console.error(`${name}: ${await workbench.screenshot(`screenshots-failed-${name}`)}`, error);
        await workbench.page.keyboard.press('Escape');
        await workbench.page.keyboard.press('Escape');
      });
    }
  }
} finally {
  await workbench.close();
}
