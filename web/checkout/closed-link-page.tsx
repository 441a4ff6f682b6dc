import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { LANGUAGES, type Locale } from '../words/languages';

interface ClosedLink {
  locale: Locale;
  seller: string;
  /** The seller's own words; null: the usual ones. */
  message: string | null;
}

/** A payment link that opens no checkout. */
export function ClosedLinkPage({ locale, seller, message }: ClosedLink): ReactNode {
  return (
    <Document lang={locale.tag} title={seller}>
      <main>
        <section className="card whole">
          <h1>{seller}</h1>
          <p>{message ?? LANGUAGES[locale.language].inactiveLink}</p>
        </section>
      </main>
    </Document>
  );
}
