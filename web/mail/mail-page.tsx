import { Fragment, type CSSProperties, type ReactNode } from 'react';
import { fontStack } from '../fonts';
import { branded, DARK, LIGHT, schemeOn, type Tokens } from '../tokens';
import type { MailView } from './model';

/** The HTML of a mail: tables and inline styles, because mail programs know nothing else. Nothing is loaded from anywhere. */
export function MailPage({ view }: { view: MailView }): ReactNode {
  const { seller, locale, subject, paragraphs, rows, button, cancel, manage, notes } = view;
  const { branding } = seller;
  const ground = branding.background_color === null ? LIGHT : (schemeOn(branding.background_color) ?? LIGHT);
  const tokens = branded(ground, branding);
  const font = fontStack(branding.font_family);
  const muted = { ...cell, font: `14px/1.5 ${font}`, color: tokens.muted };
  return (
    <html lang={locale.tag}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style dangerouslySetInnerHTML={{ __html: stylesOf(view) }} />
      </head>
      <body className="ground" style={{ margin: 0, padding: 0, background: tokens.background }}>
        <Table width="100%" className="ground" style={{ background: tokens.background }}>
          <td align="center" style={{ padding: '24px 12px' }}>
            <Table width="100%" style={{ maxWidth: '560px' }}>
              <td style={{ ...cell, padding: '0 4px 16px', font: `600 17px/1.5 ${font}`, color: tokens.text }} className="ink">
                {branding.display_name}
              </td>
            </Table>
            <Table width="100%" className="box" style={boxOf(tokens, branding.border_style)}>
              <td style={{ ...cell, padding: '24px' }}>
                <h1 className="ink" style={{ margin: '0 0 12px', font: `600 20px/1.35 ${font}`, color: tokens.text }}>
                  {subject}
                </h1>
                {paragraphs.map((paragraph, index) => (
                  <p key={index} className="ink" style={{ margin: '0 0 12px', font: `16px/1.5 ${font}`, color: tokens.text }}>
                    <Lines text={paragraph} />
                  </p>
                ))}
                {rows.length > 0 && <Rows rows={rows} tokens={tokens} font={font} />}
                {button !== null && <Button button={button} tokens={tokens} font={font} border={branding.border_style} />}
                {cancel !== null && <Link {...cancel} tokens={tokens} style={{ margin: '12px 0 0', font: `16px/1.5 ${font}` }} />}
              </td>
            </Table>
            <Table width="100%" style={{ maxWidth: '560px' }}>
              <td style={{ ...muted, padding: '16px 4px 0' }} className="soft">
                {manage !== null && <Link {...manage} tokens={tokens} style={{ margin: '0 0 8px' }} />}
                {notes.map((note) => (
                  <p key={note} style={{ margin: '0 0 8px' }}>
                    {note}
                  </p>
                ))}
              </td>
            </Table>
          </td>
        </Table>
      </body>
    </html>
  );
}

/** A link in a line of its own. */
function Link({ label, url, tokens, style }: { label: string; url: string; tokens: Tokens; style: CSSProperties }): ReactNode {
  return (
    <p style={style}>
      <a href={url} className="link" style={{ color: tokens.link }}>
        {label}
      </a>
    </p>
  );
}

/** The lines of a paragraph, as its author has broken them. */
function Lines({ text }: { text: string }): ReactNode {
  return text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ));
}

const cell: CSSProperties = { overflowWrap: 'anywhere', wordBreak: 'break-word' };

const CORNERS = { rounded: '12px', rectangular: '0', pill: '20px' };

const boxOf = (tokens: Tokens, border: keyof typeof CORNERS): CSSProperties => ({
  maxWidth: '560px',
  background: tokens.surface,
  border: `1px solid ${tokens.line}`,
  borderRadius: CORNERS[border],
  borderCollapse: 'separate',
});

interface TableProps {
  width: string;
  style?: CSSProperties;
  className?: string;
  children: ReactNode;
}

/** A table for the layout, of one row. */
function Table({ children, ...table }: TableProps): ReactNode {
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} border={0} {...table}>
      <tbody>
        <tr>{children}</tr>
      </tbody>
    </table>
  );
}

/** Facts, each with its name. */
function Rows({ rows, tokens, font }: { rows: MailView['rows']; tokens: Tokens; font: string }): ReactNode {
  const line = { borderTop: `1px solid ${tokens.line}`, padding: '8px 0', textAlign: 'start', verticalAlign: 'top' } as const;
  const name = {
    ...line,
    paddingInlineEnd: '16px',
    font: `15px/1.5 ${font}`,
    color: tokens.muted,
    overflowWrap: 'normal',
    wordBreak: 'normal',
  } as const;
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} border={0} style={{ margin: '8px 0 0', borderCollapse: 'collapse' }}>
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row" className="soft line" style={name}>
              {label}
            </th>
            <td className="ink line" style={{ ...cell, ...line, font: `600 15px/1.5 ${font}`, color: tokens.text }}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ButtonProps {
  button: NonNullable<MailView['button']>;
  tokens: Tokens;
  font: string;
  border: keyof typeof CORNERS;
}

function Button({ button, tokens, font, border }: ButtonProps): ReactNode {
  const style: CSSProperties = {
    display: 'block',
    padding: '12px 16px',
    background: tokens.accent,
    color: tokens.onAccent,
    borderRadius: border === 'rounded' ? '8px' : border === 'pill' ? '24px' : '0',
    font: `600 16px/1.5 ${font}`,
    textAlign: 'center',
    textDecoration: 'none',
  };
  return (
    <p style={{ margin: '20px 0 0' }}>
      <a href={button.url} className="button" style={style}>
        {button.label}
      </a>
    </p>
  );
}

/** For mail programs that know dark mode. A background of the seller's is the same in both. */
function stylesOf({ seller: { branding } }: MailView): string {
  if (branding.background_color !== null) return '';
  const tokens = branded(DARK, branding);
  const rules = [
    `.ground{background:${tokens.background}!important}`,
    `.box{background:${tokens.surface}!important;border-color:${tokens.line}!important}`,
    `.line{border-color:${tokens.line}!important}`,
    `.ink{color:${tokens.text}!important}.soft{color:${tokens.muted}!important}.link{color:${tokens.link}!important}`,
    `.button{background:${tokens.accent}!important;color:${tokens.onAccent}!important}`,
  ];
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
