/** The manual: every page by its address. A page is made when it is asked for. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DocumentPage, ManualSearchPage } from '../../web/manual/document-page';
import type { ManualFrame, NavigationGroup } from '../../web/manual/model';
import { ErrorsPage, ObjectPage, OperationPage, ReferencePage, ResourcePage } from '../../web/manual/reference';
import { MANUAL_STYLES } from '../../web/manual/styles';
import { renderPage } from '../../web/render';
import type { Documents } from '../docs/documents';
import { callOf, type Operation } from '../http/operation';
import { addressOf, DECISIONS, groups, relativeTo, ROOT, type Group } from './contents';
import { renderMarkdown, titleOf, type Rendered, type Section } from './markdown';
import { isOfObject, pageOfResource, Reference } from './reference';
import { clientsFor } from './samples';
import { searchIndex, type Findable } from './search-index';

const EXPLORER = 'explorer.html';
export const SEARCH_INDEX = 'search.json';
export const IMAGES = join(ROOT, 'docs', 'images');

interface Settings {
  /** Where the API is. */
  url: string;
  /** Whether there is a page that calls the API: not in static files. */
  hasExplorer: boolean;
}

interface Document {
  file: string;
  title: string;
  rendered: () => Rendered;
}

type Make = () => string;

export class Manual {
  private readonly reference: Reference;
  private readonly groups: Group[] = groups();
  private readonly documents: Map<string, Document>;
  private readonly pages: Map<string, Make>;
  private readonly objectPages = lazily(() => new Map(this.makeObjectPages()));
  private readonly index = lazily(() => this.makeIndex());

  constructor(
    operations: readonly Operation[],
    openApi: Documents,
    private readonly settings: Settings,
  ) {
    this.reference = new Reference(operations, openApi, settings.url);
    const files = this.groups.flatMap((group) => group.files);
    this.documents = new Map(files.map((file) => [addressOf(file), documentIn(file, files)]));
    this.pages = new Map([...this.documentPages(), ...this.referencePages(), ...this.assets()]);
  }

  /** Of every page and file, but not of the index. */
  get addresses(): string[] {
    return [...this.pages.keys(), ...this.objectPages().keys()];
  }

  /** Null: there is no such page. */
  at(address: string): string | null {
    const page = this.pages.get(address) ?? (isOfObject(address) ? this.objectPages().get(address) : undefined);
    return page?.() ?? null;
  }

  /** What the search loads, as JSON, at `SEARCH_INDEX`. */
  searchIndex(): Promise<string> {
    return this.index();
  }

  /** For people who ask for a page that there is not. */
  missing(address: string): string {
    const frame = this.frame(address.endsWith('/') ? `${address}index.html` : address, 'There is no such page');
    return renderPage(
      ManualSearchPage({ frame, lead: 'The page may have another address in this release. Search for it, or choose it from the list.' }),
    );
  }

  private documentPages(): (readonly [string, Make])[] {
    const pages = [...this.documents].map(([address, { title, rendered }]) => {
      const make = (): string => {
        const { headings, html } = rendered();
        return renderPage(DocumentPage({ frame: { ...this.frame(address, title), headings }, html }));
      };
      return [address, make] as const;
    });
    const search = (): string => renderPage(ManualSearchPage({ frame: this.frame('search.html', 'Search'), lead: null }));
    return [...pages, ['search.html', search]];
  }

  private referencePages(): (readonly [string, Make])[] {
    const { reference } = this;
    const frame = this.frameInReference;
    const operations = reference.operations.map((operation) => {
      const { href, summary } = reference.linkTo(operation);
      const show = () => OperationPage({ frame: frame(href, summary), operation: reference.modelOf(operation) });
      return [`reference/${href}`, () => renderPage(show())] as const;
    });
    const resources = reference.tags.map((tag) => {
      const address = pageOfResource(tag);
      const show = () => {
        const members = reference.ofTag(tag);
        const links = { operations: members.map(reference.linkTo), objects: reference.objectsOf(members) };
        return ResourcePage({ frame: frame(address, tag), ...links });
      };
      return [`reference/${address}`, () => renderPage(show())] as const;
    });
    const errors = (): string => {
      const { codes: refusals, errorExamples: examples } = reference;
      return renderPage(ErrorsPage({ frame: frame('errors.html', 'Errors'), refusals, examples }));
    };
    return [...operations, ...resources, ['reference/errors.html', errors], ['reference/index.html', () => this.overview()]];
  }

  /** They need the whole OpenAPI document, which takes long to make. */
  private makeObjectPages(): (readonly [string, Make])[] {
    return this.reference.objects.map((each) => {
      const show = () => ObjectPage({ frame: this.frameInReference(each.page, each.name), ...each });
      return [`reference/${each.page}`, () => renderPage(show())] as const;
    });
  }

  private overview(): string {
    const { reference, settings } = this;
    return renderPage(
      ReferencePage({
        frame: this.frame('reference/index.html', 'API reference'),
        resources: reference.tags.map((tag) => ({ title: tag, href: pageOfResource(tag), count: reference.ofTag(tag).length })),
        objects: reference.objects.map(({ name, page: href }) => ({ name, href })),
        clients: clientsFor(settings.url),
        explorer: settings.hasExplorer ? `../${EXPLORER}` : null,
      }),
    );
  }

  private assets(): (readonly [string, Make])[] {
    const source = (path: string) => () => readFileSync(path, 'utf8');
    return [
      ['manual.css', () => MANUAL_STYLES],
      ['manual.js', source(join(ROOT, 'web', 'scripts', 'manual.js'))],
      ['minisearch.js', source(join(dirname(require.resolve('minisearch')), '..', 'umd', 'index.js'))],
    ];
  }

  private async makeIndex(): Promise<string> {
    const sections: Findable[] = [];
    for (const [address, { title, rendered }] of this.documents) {
      sections.push(...findableIn(address, title, rendered().sections));
      await nextTurn();
    }
    return searchIndex([...sections, ...this.findableCalls()]);
  }

  private findableCalls(): Findable[] {
    const operations = this.reference.operations.map((operation): Findable => {
      const { href, summary } = this.reference.linkTo(operation);
      const names = Object.keys(operation.parameters.shape).join(' ');
      return { id: `reference/${href}`, title: summary, place: callOf(operation), text: names };
    });
    const objects = this.reference.objects.map(({ name, page: href, properties }): Findable => {
      return { id: `reference/${href}`, title: name, place: 'Object', text: properties.map((property) => property.name).join(' ') };
    });
    return [...operations, ...objects];
  }

  private readonly frameInReference = (address: string, title: string): ManualFrame => this.frame(`reference/${address}`, title);

  private frame(address: string, title: string): ManualFrame {
    const base = '../'.repeat(address.split('/').length - 1);
    return { title, base, groups: this.navigation(address), headings: [] };
  }

  /** Inside the reference, the resources come first. Decisions are listed where one of them is read. */
  private navigation(address: string): NavigationGroup[] {
    const item = (title: string, to: string) => ({ title, href: relativeTo(address, to), isCurrent: to === address });
    const shown = this.groups.filter(({ title, files }) => title !== DECISIONS || files.some((file) => addressOf(file) === address));
    const documents = shown.map(({ title, files }) => ({
      title,
      items: files.map((file) => item(this.documents.get(addressOf(file))?.title ?? file, addressOf(file))),
    }));
    if (!address.startsWith('reference/')) return documents;
    const resources = this.reference.tags.map((tag) => item(tag, `reference/${pageOfResource(tag)}`));
    return [
      { title: 'API', items: [item('Overview', 'reference/index.html'), ...resources, item('Errors', 'reference/errors.html')] },
      ...documents,
    ];
  }
}

function findableIn(address: string, title: string, sections: readonly Section[]): Findable[] {
  return sections.map(({ heading, anchor, text }) => ({
    id: anchor === '' ? address : `${address}#${anchor}`,
    title: heading,
    place: anchor === '' ? '' : title,
    text,
  }));
}

function documentIn(file: string, files: readonly string[]): Document {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return { file, title: titleOf(source), rendered: lazily(() => renderMarkdown(source, (target) => linkIn(file, files, target))) };
}

/** Where a link of a document leads in the manual. */
function linkIn(file: string, files: readonly string[], target: string): string | null {
  if (/^[a-z]+:/.test(target) || target.startsWith('#')) return target;
  const [path = '', anchor] = target.split('#');
  const named = posix.join(posix.dirname(file), path);
  const found = [named, posix.join(named, 'README.md')].find((each) => files.includes(each));
  const to = found === undefined ? imageAt(named) : addressOf(found);
  return to === null ? null : `${relativeTo(addressOf(file), to)}${anchor === undefined ? '' : `#${anchor}`}`;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** `docs/images/x.png` is served as `images/x.png`. */
const imageAt = (file: string): string | null => (/^docs\/images\/[\w.-]+\.png$/.test(file) ? file.replace('docs/', '') : null);
