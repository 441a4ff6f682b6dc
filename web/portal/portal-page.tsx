import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { MarkedText } from '../components/marked-text';
import { Seller } from '../components/seller';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { Access } from './access';
import { SUPPORT } from '../words/support';
import { placeOf } from './action-form';
import { Cancellation } from './cancellation';
import { CardForm } from './card-form';
import { DetailsForms } from './details-forms';
import { Home } from './home';
import type { PortalFrame, PortalView } from './model';
import { Confirmation, Plan } from './plan';
import { Support } from './support';

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
        {problem !== null && (
          <p className="problem" role="alert">
            {common[problem]}
          </p>
        )}
        {isSaved && view.name === 'home' && (
          <p className="card" role="status">
            {words.saved}
          </p>
        )}
        <View frame={frame} view={view} />
        <Foot frame={frame} hasSupport={view.name !== 'expired'} />
      </main>
    </Document>
  );
}

function View({ frame, view }: PortalPageProps): ReactNode {
  switch (view.name) {
    case 'home':
      return <Home frame={frame} home={view} />;
    case 'card':
      return <CardForm frame={frame} form={view} />;
    case 'details':
      return <DetailsForms frame={frame} details={view} />;
    case 'plan':
      return <Plan frame={frame} plan={view} />;
    case 'confirm':
      return <Confirmation frame={frame} change={view} />;
    case 'cancel':
      return <Cancellation frame={frame} cancellation={view} />;
    case 'access':
      return <Access frame={frame} access={view} />;
    case 'support':
      return <Support frame={frame} support={view} />;
    case 'done':
      return <Done frame={frame} message={view.message} />;
    case 'expired':
      return <Expired frame={frame} />;
  }
}

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

function Foot({ frame, hasSupport }: { frame: PortalFrame; hasSupport: boolean }): ReactNode {
  const { locale, branding, returnUrl, privacy, terms, help } = frame;
  const [words, common, support] = [PORTAL[locale.language], LANGUAGES[locale.language], SUPPORT[locale.language]];
  return (
    <p className="choices">
      {hasSupport && <a href={placeOf(frame, 'support')}>{support.ask}</a>}
      <a href={help}>{support.title}</a>
      {returnUrl !== null && <a href={returnUrl}>{words.returnTo(branding.display_name)}</a>}
      {terms !== null && <a href={terms}>{common.termsOfService}</a>}
      {privacy !== null && <a href={privacy}>{common.privacyPolicy}</a>}
    </p>
  );
}
