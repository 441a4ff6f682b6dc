import type { ReactNode } from 'react';
import { STYLES } from '../styles';

interface DocumentProps {
  lang: string;
  title: string;
  /** The page looks again after so many seconds. */
  refreshAfter?: number | undefined;
  children: ReactNode;
}

/** The frame of every page. */
export function Document({ lang, title, refreshAfter, children }: DocumentProps): ReactNode {
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        {refreshAfter !== undefined && <meta httpEquiv="refresh" content={String(refreshAfter)} />}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLES }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
