import type { ReactNode } from 'react';
import { ManualLayout, Sections } from './layout';
import type { ManualFrame } from './model';

/** @param html made from a document of this release */
export function DocumentPage({ frame, html }: { frame: ManualFrame; html: string }): ReactNode {
  return (
    <ManualLayout frame={frame}>
      <h1>{frame.title}</h1>
      <Sections headings={frame.headings} />
      <article dangerouslySetInnerHTML={{ __html: html }} />
    </ManualLayout>
  );
}

/** What the search finds is put here by script. */
export function ManualSearchPage({ frame, lead }: { frame: ManualFrame; lead: string | null }): ReactNode {
  return (
    <ManualLayout frame={frame}>
      <h1>{frame.title}</h1>
      {lead !== null && <p>{lead}</p>}
      <p className="note" data-status="" role="status">
        Enter words above. Every page is searched in your browser, and nothing leaves it.
      </p>
      <ol className="results" data-results="" />
      <noscript>
        <p>The search needs script. The list of pages has every document; the API reference has every operation.</p>
      </noscript>
    </ManualLayout>
  );
}
