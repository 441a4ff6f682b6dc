import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { stylesOf } from '../styles';

const LOOKS_AGAIN_AFTER_SECONDS = '2';

interface DocumentProps {
  lang: string;
  title: string;
  branding: Branding;
  /** The page looks again by itself, because something is being done. */
  isLookingAgain?: boolean;
  /** What the page tells the site that shows it in a frame. */
  frame?: Record<`data-${string}`, string>;
  children: ReactNode;
}

/** The frame of every page. */
export function Document({ lang, title, branding, isLookingAgain = false, frame, children }: DocumentProps): ReactNode {
  return (
    <html lang={lang} {...frame}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        {isLookingAgain && <meta httpEquiv="refresh" content={LOOKS_AGAIN_AFTER_SECONDS} />}
        {frame !== undefined && <script src="/framed.js" defer />}
        <title>{title}</title>
        {branding.icon !== null && <link rel="icon" href={branding.icon} />}
        <style dangerouslySetInnerHTML={{ __html: stylesOf(branding) }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
