import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { MarkedText } from '../components/marked-text';
import { ProblemNote } from '../components/problem-note';
import { Seller } from '../components/seller';
import { CONTRACT } from '../words/contract';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { PORTAL_PROBLEMS } from '../words/portal-problems';
import { PRIVACY } from '../words/privacy';
import { SUPPORT } from '../words/support';
import { Access } from './access';
import { placeOf } from './action-form';
import { Cancellation } from './cancellation';
import { CardForm } from './card-form';
import { DetailsForms } from './details-forms';
import { Home } from './home';
import type { PortalFrame, PortalView } from './model';
import { Pause } from './pause';
import { Confirmation, Plan } from './plan';
import { Support } from './support';
import { Privacy } from './privacy';
import { Quote } from './quote';
import { Usage } from './usage';

interface PortalPageProps {
  frame: PortalFrame;
  view: PortalView;
}

/** A page of the portal. Links and plain forms, so it works without script. */
export function PortalPage({ frame, view }: PortalPageProps): ReactNode {
  const { locale, branding, isTest, headline, problem, isSaved } = frame;
  const [words, common] = [PORTAL[locale.language], LANGUAGES[locale.language]];
  return (
    <Document lang={locale.tag} title={`${words.title} – ${branding.display_name}`} branding={branding}>
      <main className="portal">
        <Seller branding={branding} mark={isTest ? common.testMode : undefined} />
        {view.name === 'home' && headline !== null && <p className="said">{headline}</p>}
        <ProblemNote>{problem && PORTAL_PROBLEMS[locale.language][problem]}</ProblemNote>
        {isSaved && view.name === 'home' && (
          <p className="card" role="status">
            {words.saved}
          </p>
        )}
        <View frame={frame} view={view} />
        <Foot frame={frame} view={view} />
      </main>
    </Document>
  );
}

type Views = { [Name in PortalView['name']]: (frame: PortalFrame, view: Extract<PortalView, { name: Name }>) => ReactNode };

const VIEWS: Views = {
  home: (frame, view) => <Home frame={frame} home={view} />,
  card: (frame, view) => <CardForm frame={frame} form={view} />,
  details: (frame, view) => <DetailsForms frame={frame} details={view} />,
  plan: (frame, view) => <Plan frame={frame} plan={view} />,
  confirm: (frame, view) => <Confirmation frame={frame} change={view} />,
  cancel: (frame, view) => <Cancellation frame={frame} cancellation={view} />,
  pause: (frame, view) => <Pause frame={frame} pause={view} />,
  usage: (frame, view) => <Usage frame={frame} usage={view} />,
  quote: (frame, view) => <Quote frame={frame} quote={view} />,
  privacy: (frame, view) => <Privacy frame={frame} privacy={view} />,
  support: (frame, view) => <Support frame={frame} support={view} />,
  access: (frame, view) => <Access frame={frame} access={view} />,
  done: (frame, { message }) => <Done frame={frame} message={message} />,
  expired: (frame) => <Expired frame={frame} />,
};

const View = ({ frame, view }: PortalPageProps): ReactNode =>
  (VIEWS[view.name] as (of: PortalFrame, shown: PortalView) => ReactNode)(frame, view);

function Done({ frame: { locale }, message }: { frame: PortalFrame; message: string | null }): ReactNode {
  return (
    <section className="card" aria-live="polite">
      <h2>{PORTAL[locale.language].changed}</h2>
      {message === null ? (
        <p className="note">{LANGUAGES[locale.language].completeNote}</p>
      ) : (
        <p className="said">
          <MarkedText>{message}</MarkedText>
        </p>
      )}
    </section>
  );
}

function Expired({ frame: { locale } }: { frame: PortalFrame }): ReactNode {
  const words = PORTAL[locale.language];
  return (
    <section className="card">
      <h2>{words.expired}</h2>
      <p className="note">{words.expiredNote}</p>
    </section>
  );
}

function Foot({ frame, view }: PortalPageProps): ReactNode {
  const { locale, branding, returnUrl, privacy, terms, contracts, help } = frame;
  const { language } = locale;
  const [words, common, contract, support] = [PORTAL[language], LANGUAGES[language], CONTRACT[language], SUPPORT[language]];
  return (
    <p className="choices">
      {view.name !== 'expired' && <a href={placeOf(frame, 'support')}>{support.ask}</a>}
      <a href={help}>{support.title}</a>
      {view.name !== 'expired' && <a href={placeOf(frame, 'privacy')}>{PRIVACY[language].title}</a>}
      {contracts !== null && <a href={contracts.withdraw}>{contract.titles.withdrawal}</a>}
      {contracts !== null && <a href={contracts.cancel}>{contract.titles.cancellation}</a>}
      {returnUrl !== null && <a href={returnUrl}>{words.returnTo(branding.display_name)}</a>}
      {terms !== null && <a href={terms}>{common.termsOfService}</a>}
      {privacy !== null && <a href={privacy}>{common.privacyPolicy}</a>}
    </p>
  );
}
