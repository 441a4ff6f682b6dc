import type { ReactNode } from 'react';
import { LOGIN_SECONDS } from '../../domain/portal/logins';
import type { Branding } from '../../domain/rows/branding-settings';
import { Document } from '../components/document';
import { Field } from '../components/field';
import { Seller } from '../components/seller';
import { LANGUAGES, type Locale } from '../words/languages';
import { LOGIN } from '../words/login';

/** `ask`: the form. `sent`: the answer to it, always the same. `open`: the link of a mail. `expired`: that link does not work any more. */
export type LoginView = { name: 'ask' } | { name: 'sent' } | { name: 'open' } | { name: 'expired'; askAt: string | null };

export interface LoginPageProps {
  locale: Locale;
  branding: Branding;
  isTest: boolean;
  /** Where its form goes: the page itself. */
  action: string;
  view: LoginView;
}

/** Where a customer asks for a link to the portal by mail, and where that link leads. Opening a link takes a click, because programs that look at mails follow links. */
export function LoginPage({ locale, branding, isTest, action, view }: LoginPageProps): ReactNode {
  const [words, common] = [LOGIN[locale.language], LANGUAGES[locale.language]];
  return (
    <Document lang={locale.tag} title={`${words.title} – ${branding.display_name}`} branding={branding}>
      <main className="portal">
        <Seller branding={branding} mark={isTest ? common.testMode : undefined} />
        <section className="card">
          <h2>{words.title}</h2>
          {view.name === 'sent' && <p role="status">{words.sent.replace('{minutes}', String(LOGIN_SECONDS / 60))}</p>}
          {view.name === 'ask' && (
            <form method="post" action={action} className="fields">
              <p className="said">{words.note}</p>
              <Field label={common.email} name="email" type="email" autoComplete="email" required />
              <button className="primary">{words.send}</button>
            </form>
          )}
          {view.name === 'open' && (
            <form method="post" action={action}>
              <button className="primary">{words.open}</button>
            </form>
          )}
          {view.name === 'expired' && (
            <>
              <p>{words.expired}</p>
              {view.askAt !== null && (
                <p>
                  <a href={view.askAt}>{words.again}</a>
                </p>
              )}
            </>
          )}
        </section>
      </main>
    </Document>
  );
}
