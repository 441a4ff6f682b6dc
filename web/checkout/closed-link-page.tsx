import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { Document } from '../components/document';
import { Seller } from '../components/seller';
import { LANGUAGES, type Locale } from '../words/languages';

interface ClosedLink {
  locale: Locale;
  branding: Branding;
  /** The seller's own words; null: the usual ones. */
  message: string | null;
}

/** A payment link that opens no checkout. */
export function ClosedLinkPage({ locale, branding, message }: ClosedLink): ReactNode {
  return (
    <Document lang={locale.tag} title={branding.display_name} branding={branding}>
      <main>
        <section className="card whole">
          <Seller branding={branding} />
          <p>{message ?? LANGUAGES[locale.language].inactiveLink}</p>
        </section>
      </main>
    </Document>
  );
}
