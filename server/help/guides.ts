/** The guides of `docs/help`, in Markdown, in each language of the pages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { LANGUAGES, type Language } from '../../web/words/languages';

const FOLDER = join(__dirname, '..', '..', 'docs', 'help');

/** HTML in a text is shown as text. */
const markdown = new MarkdownIt({ html: false, linkify: false });
// The page has its own headings above these. What is found leads to its heading.
markdown.renderer.rules.heading_open = (tokens, index) => `<h3 id="${anchorOf(tokens[index + 1]?.content ?? '')}">`;
markdown.renderer.rules.heading_close = () => '</h3>\n';

export interface Guide {
  name: string;
  title: string;
  html: string;
  sections: Section[];
}

/** A heading with what follows it. */
export interface Section {
  guide: string;
  heading: string;
  /** The id of the heading; empty for the beginning of a guide. */
  anchor: string;
  /** Without marks. */
  text: string;
}

/** Every guide, by the names of their files. Read once: they change with the release. */
export const GUIDES: Record<Language, readonly Guide[]> = mapLanguages((language) =>
  readdirSync(join(FOLDER, language))
    .filter((file) => /^[a-z-]+\.md$/.test(file))
    .sort()
    .map((file) => guideOf(file.replace(/\.md$/, ''), readFileSync(join(FOLDER, language, file), 'utf8'))),
);

function mapLanguages<T>(make: (language: Language) => T): Record<Language, T> {
  const languages = Object.keys(LANGUAGES) as Language[];
  return Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<Language, T>;
}

export function guideOf(name: string, source: string): Guide {
  const [, title = name, body = ''] = /^# (.+)\n([^]*)$/.exec(source) ?? [];
  const sections = `\n${body}`.split(/\n## /).map((part, index): Section => {
    const [heading = '', ...lines] = index === 0 ? [title, part] : part.split('\n');
    return { guide: name, heading, anchor: index === 0 ? '' : anchorOf(heading), text: plain(lines.join('\n')) };
  });
  return { name, title, html: markdown.render(body), sections };
}

function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return words.replace(/^-|-$/g, '');
}

/** What is read of it: the texts of its tokens. */
function plain(source: string): string {
  const texts = markdown
    .parse(source, {})
    .flatMap(({ type, children }) =>
      type === 'inline' ? [(children ?? []).map(({ content, type: of }) => (of === 'softbreak' ? ' ' : content)).join('')] : [],
    );
  return texts.join(' ');
}
