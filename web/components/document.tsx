import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { stylesOf } from '../styles';

interface DocumentProps {
  lang: string;
  title: string;
  branding: Branding;
  /** The page looks again after so many seconds. */
  refreshAfter?: number | undefined;
  children: ReactNode;
}

/** The frame of every page. */
export function Document({ lang, title, branding, refreshAfter, children }: DocumentProps): ReactNode {
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        {refreshAfter !== undefined && <meta httpEquiv="refresh" content={String(refreshAfter)} />}
        <title>{title}</title>
        {branding.icon !== null && <link rel="icon" href={branding.icon} />}
        <style dangerouslySetInnerHTML={{ __html: stylesOf(branding) }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
