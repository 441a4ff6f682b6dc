import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { Document } from '../components/document';
import { Seller } from '../components/seller';

interface MailIndexProps {
  branding: Branding;
  kinds: readonly string[];
  languages: readonly string[];
}

/** Links to an example of each kind in each language. For sellers, so in English. */
export function MailIndex({ branding, kinds, languages }: MailIndexProps): ReactNode {
  return (
    <Document lang="en" title="Mails" branding={branding}>
      <main className="portal">
        <Seller branding={branding} />
        <section className="card">
          <h2>Mails</h2>
          <ul className="lines">
            {kinds.map((kind) => (
              <li key={kind}>
                <b>{kind}</b>
                <span className="links">
                  {languages.map((language) => (
                    <a key={language} href={`/mails/preview/${kind}?locale=${language}`} hrefLang={language}>
                      {language}
                      <span className="unseen">{` ${kind}`}</span>
                    </a>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </Document>
  );
}
