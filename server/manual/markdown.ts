/** Markdown as HTML, with anchors as GitHub makes them, and the sections that the search finds. HTML in a text is shown as text. */
import MarkdownIt from 'markdown-it';

/** Where a link or an image of a document leads; null for a file that has no page. */
export type Resolve = (target: string) => string | null;

export interface Section {
  heading: string;
  /** The id of the heading; empty for the beginning of the document. */
  anchor: string;
  /** Without marks. */
  text: string;
}

export interface Rendered {
  title: string;
  html: string;
  sections: Section[];
  /** The headings below the title. */
  headings: { text: string; anchor: string }[];
}

const markdown = new MarkdownIt({ html: false, linkify: false });
type Token = ReturnType<typeof markdown.parse>[number];

markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';
markdown.renderer.rules.fence = (tokens, index) => codeBlock(tokens[index]?.info ?? '', tokens[index]?.content ?? '');

/** @param info of the fence: `sh run` is a block that a test runs */
function codeBlock(info: string, code: string): string {
  const [language = ''] = info.split(' ');
  const label = language === '' ? 'Code' : language;
  const escaped = markdown.utils.escapeHtml(code);
  return `<pre tabindex="0" role="group" aria-label="${markdown.utils.escapeHtml(label)}" data-copy><code>${escaped}</code></pre>\n`;
}

export function renderMarkdown(source: string, resolve: Resolve): Rendered {
  const tokens = markdown.parse(withoutComments(source), {});
  const anchors = anchorsFor(tokens);
  for (const token of tokens) for (const child of token.children ?? []) redirect(child, token.children ?? [], resolve);
  const sections = sectionsOf(tokens, anchors);
  // The page has the title in its own heading.
  const body = tokens.slice(tokens.findIndex(({ type, tag }) => type === 'heading_close' && tag === 'h1') + 1);
  const headings = tokens.flatMap((token, index) => {
    const anchor = anchors.get(token);
    return token.tag === 'h2' && anchor !== undefined ? [{ text: textOf(tokens[index + 1]), anchor }] : [];
  });
  return { title: sections[0]?.heading ?? '', html: markdown.renderer.render(body, markdown.options, {}), sections, headings };
}

/** What its first heading says. */
export const titleOf = (source: string): string => textOf(markdown.parseInline(/^# (.*)$/m.exec(source)?.[1] ?? '', {})[0]);

/** Marks for the scripts that write parts of a document. */
const withoutComments = (source: string): string => source.replace(/^<!--.*?-->\n/gm, '');

/** Gives each heading its id. */
function anchorsFor(tokens: Token[]): Map<Token, string> {
  const counts = new Map<string, number>();
  const anchors = new Map<Token, string>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const base = anchorOf(textOf(tokens[index + 1]));
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    const anchor = count === 0 ? base : `${base}-${String(count)}`;
    token.attrSet('id', anchor);
    anchors.set(token, anchor);
  }
  return anchors;
}

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** A link to a file without a page is its text. */
function redirect(token: Token, siblings: readonly Token[], resolve: Resolve): void {
  if (token.type !== 'link_open' && token.type !== 'image') return;
  const attribute = token.type === 'image' ? 'src' : 'href';
  const target = String(token.attrGet(attribute));
  const resolved = resolve(target);
  if (resolved !== null) token.attrSet(attribute, resolved);
  else if (token.type === 'link_open') unlink(token, siblings, target);
}

function unlink(token: Token, siblings: readonly Token[], target: string): void {
  token.tag = 'span';
  token.attrs = [['title', target]];
  const close = siblings.slice(siblings.indexOf(token)).find(({ type }) => type === 'link_close');
  if (close) close.tag = 'span';
}

/** Each heading begins a section; the title begins the first. */
function sectionsOf(tokens: readonly Token[], anchors: ReadonlyMap<Token, string>): Section[] {
  const first: Section = { heading: '', anchor: '', text: '' };
  const sections = [first];
  for (const [index, token] of tokens.entries()) {
    const heading = textOf(tokens[index + 1]);
    if (token.type === 'heading_open' && token.tag === 'h1') first.heading = heading;
    else if (token.type === 'heading_open') sections.push({ heading, anchor: anchors.get(token) ?? '', text: '' });
    else if (tokens[index - 1]?.type !== 'heading_open') (sections.at(-1) ?? first).text += readIn(token);
  }
  return sections;
}

function readIn(token: Token): string {
  if (token.type === 'fence') return `${token.content} `;
  return token.type === 'inline' ? `${textOf(token)} ` : '';
}

/** What is read of it. */
const textOf = (token: Token | undefined): string =>
  (token?.children ?? []).map(({ content, type }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content)).join('');
