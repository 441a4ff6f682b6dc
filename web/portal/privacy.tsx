import type { ReactNode } from 'react';
import { date } from '../money';
import { CONTRACT } from '../words/contract';
import { PORTAL } from '../words/portal';
import { PRIVACY } from '../words/privacy';
import { ActionForm, placeOf } from './action-form';
import type { PortalFrame, PortalPrivacy } from './model';

/** The customer's data: to take along, and to have deleted. */
export function Privacy({ frame, privacy: { deletionBy } }: { frame: PortalFrame; privacy: PortalPrivacy }): ReactNode {
  const { language, tag } = frame.locale;
  const [words, contract] = [PRIVACY[language], CONTRACT[language]];
  return (
    <section className="card" aria-labelledby="privacy">
      <h2 id="privacy">{words.title}</h2>
      <p className="note">{words.downloadNote}</p>
      <p>
        <a href={placeOf(frame, 'data')}>{words.download}</a>
      </p>
      <h2 id="deletion">{contract.titles.deletion}</h2>
      {deletionBy === null ? (
        <>
          <p className="note">
            {words.stays} {contract.hints.deletion}
          </p>
          <ActionForm frame={frame} action="delete_me" labelledBy="deletion">
            <button>{contract.buttons.deletion}</button>
          </ActionForm>
        </>
      ) : (
        <p role="status">{words.asked(date(deletionBy, tag))}</p>
      )}
      <p>
        <a href={placeOf(frame, 'home')}>{PORTAL[language].back}</a>
      </p>
    </section>
  );
}
