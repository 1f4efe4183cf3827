import * as l10n from '@vscode/l10n';
import type { AirflowIdentityError } from '../../errors.ts';
import { isForWantOfSignIn } from '../../errors.ts';
import type { ActionOf, NoticeOf } from '../../page/viewParts.ts';

/** What every page can do about an error. */
type WayOut = { readonly kind: 'signInAgain' } | { readonly kind: 'showLog' };

/** What an error says and the one thing to do about it. */
export function errorNotice<Event>(error: AirflowIdentityError, again: ActionOf<Event>): NoticeOf<Event | WayOut> {
  const signsIn = isForWantOfSignIn(error);
  return {
    status: 'failed',
    text: error.fix === undefined ? error.message : `${error.message} ${error.fix}`,
    actions: [
      signsIn ? { label: l10n.t('Sign in again'), event: { kind: 'signInAgain' }, style: 'link' } : again,
      { label: l10n.t('Show log'), event: { kind: 'showLog' }, style: 'link' },
    ],
  };
}
