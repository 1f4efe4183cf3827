import { detailsViewSchema } from '../../trust/details/detailsView.ts';
import { startPage } from '../pageLife.ts';
import { detailsPage } from './detailsPage.ts';

// The entry of an identity's page: the only module of it that does something when it is loaded.
startPage({ schema: detailsViewSchema, draw: detailsPage, phaseOf: () => 'shown' });
