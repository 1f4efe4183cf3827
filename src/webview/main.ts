import { connectViewSchema } from '../trust/connectView.ts';
import { connectPage } from './connectPage.ts';
import { startPage } from './pageLife.ts';

// The form's entry: the only module of it that does something when it is loaded.
startPage({
  schema: connectViewSchema,
  draw: connectPage,
  phaseOf: ({ phase }) => phase,
  rowToTick: (event) => (event.kind === 'replaceInstead' ? event.rowId : undefined),
});
