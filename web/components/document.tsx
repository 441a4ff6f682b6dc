import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { stylesOf } from '../styles';

const LOOKS_AGAIN_AFTER_SECONDS = '2';

interface HeadProps {
  title: string;
  styles: string;
  icon: string | null;
  /** The page looks again by itself, because something is being done. */
  isLookingAgain: boolean;
  /** Dunlin's own. */
  scripts: readonly string[];
}

/** What browsers are told of every page. */
export function Head({ title, styles, icon, isLookingAgain, scripts }: HeadProps): ReactNode {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />
      {isLookingAgain && <meta httpEquiv="refresh" content={LOOKS_AGAIN_AFTER_SECONDS} />}
      {scripts.map((script) => (
        <script key={script} src={script} defer />
      ))}
      <title>{title}</title>
      {icon !== null && <link rel="icon" href={icon} />}
      <style dangerouslySetInnerHTML={{ __html: styles }} />
    </head>
  );
}

interface DocumentProps {
  lang: string;
  title: string;
  branding: Branding;
  isLookingAgain?: boolean;
  /** What the page tells the site that shows it in a frame. */
  frame?: Record<`data-${string}`, string>;
  scripts?: readonly string[];
  children: ReactNode;
}

/** The frame of every page that customers see. */
export function Document({ lang, title, branding, isLookingAgain = false, frame, scripts = [], children }: DocumentProps): ReactNode {
  return (
    <html lang={lang} {...frame}>
      <Head
        {...{ title, isLookingAgain }}
        styles={stylesOf(branding)}
        icon={branding.icon}
        scripts={frame === undefined ? scripts : ['/framed.js', ...scripts]}
      />
      <body>{children}</body>
    </html>
  );
}
