/**
 * `npm run test:documents`: makes invoices and credit notes of every kind of tax, as Factur-X, CII, UBL and XRechnung, and has them checked by
 * Mustang's validator: veraPDF for PDF/A-3, XSD and the schematrons of EN 16931 and XRechnung for the XML. Needs Java and Maven, which fetches the
 * validator once.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../../config';
import { ciiOf } from '../../../documents/e-invoice/cii';
import { hybridCreditNote, hybridInvoice } from '../../../documents/e-invoice/hybrid';
import { creditNoteTerms, invoiceTerms } from '../../../documents/e-invoice/terms';
import { ublOf } from '../../../documents/e-invoice/ubl';
import { xrechnungOfCreditNote, xrechnungOfInvoice } from '../../../documents/e-invoice/xrechnung';
import { pdfOf } from '../../../documents/pdf';
import { cacheFolder } from '../../../embedded/data-folder';
import { documentRows, GERMAN, type Case } from '../cases';

const VERSION = '2.22.0';

const CASES: Record<string, Case> = {
  domestic: {
    lines: [
      { amount: 10_000, rate: '19', quantity: 3, discount: 1000 },
      { amount: 2500, rate: '7' },
    ],
    locale: 'de',
  },
  inclusive: {
    lines: [
      { amount: 11_900, rate: '19', inclusive: true, discount: 900 },
      { amount: 333, rate: '19', inclusive: true, quantity: 7 },
    ],
  },
  proration: {
    lines: [
      { amount: -1234, rate: '21', quantity: 2 },
      { amount: 5678, rate: '21' },
    ],
    seller: 'NL',
    buyer: 'NL',
    sellerVat: 'NL123456789B01',
  },
  reverse: { lines: [{ amount: 10_000, rate: '0', reason: 'reverse_charge' }], buyer: 'FR', buyerVat: 'FR12345678901', locale: 'fr' },
  exempt: {
    lines: [
      { amount: 10_000, rate: '19', reason: 'customer_exempt' },
      { amount: 100, rate: '19' },
    ],
  },
  zero: { lines: [{ amount: 10_000, rate: '0', reason: 'zero_rated' }], seller: 'IE', buyer: 'IE', sellerVat: 'IE1234567A' },
  national: {
    lines: [{ amount: 10_000, rate: '23' }],
    ...{ seller: 'PL', buyer: 'PL', sellerVat: 'PL1234567890', locale: 'pl' },
    invoice: {
      nationalTax: { currency: 'pln', amount: 9778, exchangeRate: { rate: '4.2512', day: '2026-03-30', source: 'NBP' } },
    },
  },
  outside: { lines: [{ amount: 10_000 }, { amount: 50, rate: '0', reason: 'not_subject_to_tax' }], buyer: 'US', currency: 'usd' },
  uncollected: { lines: [{ amount: 10_000, rate: '0', reason: 'not_collecting' }], buyer: 'US', currency: 'usd' },
  delivered: {
    lines: [{ amount: 10_000, rate: '19' }],
    invoice: {
      shippingDetails: {
        ...{ name: 'Atelier <2>', phone: null },
        address: { city: 'Lyon', country: 'FR', line1: '1 rue & cour', line2: 'B', postal_code: '69001', state: null },
      },
    },
  },
  yen: { lines: [{ amount: 10_000, rate: '10' }], currency: 'jpy', buyer: 'JP', locale: 'ja' },
  partly: {
    lines: [{ amount: 10_000, rate: '25' }],
    seller: 'SE',
    buyer: 'SE',
    sellerVat: 'SE123456789001',
    invoice: { amountPaid: 2500, startingBalance: -500, amountRemaining: 9500, dueDate: null },
  },
  scripts: {
    lines: [{ amount: 10_000, rate: '19' }],
    invoice: { description: 'شركة النور (المحدودة) 12', footer: '深圳市腾讯 東京 카카오 שלום בע"מ บริษัท हिन्दी' },
  },
  long: { lines: Array.from({ length: 60 }, (_, index) => ({ amount: 333 + index, rate: '19', quantity: index })), locale: 'pl' },
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-documents-'));
  const files: string[] = [];
  const write = (name: string, content: string | Uint8Array): void => {
    const path = join(folder, name);
    writeFileSync(path, content);
    files.push(path);
  };
  try {
    for (const [name, of] of Object.entries(CASES)) {
      const rows = documentRows(of);
      write(`${name}.pdf`, await pdfOf(hybridInvoice('in_1', rows)));
      write(`${name}-note.pdf`, await pdfOf(hybridCreditNote('cn_1', rows)));
      write(`${name}.cii.xml`, ciiOf(invoiceTerms('in_1', rows)));
      write(`${name}.ubl.xml`, ublOf(invoiceTerms('in_1', rows)));
      const german = documentRows({ ...of, invoice: { ...of.invoice, ...GERMAN } });
      write(`${name}.xrechnung.xml`, ublOf(xrechnungOfInvoice('in_1', german)));
      write(`${name}-note.xrechnung.xml`, ublOf(xrechnungOfCreditNote('cn_1', german)));
      write(`${name}-note.ubl.xml`, ublOf(creditNoteTerms('cn_1', rows)));
    }
    const reports = reportsOf(files);
    const wrong = reports.filter((each) => !isValid(each));
    for (const { file, report } of wrong) console.log(`${file}\n${report}\n`);
    console.log(`${String(reports.length - wrong.length)} of ${String(files.length)} documents are valid`);
    if (wrong.length > 0 || reports.length !== files.length) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last verdict is that on the whole file. A PDF must also be PDF/A-3b, and have its XML inside. */
function isValid({ file, report }: { file: string; report: string }): boolean {
  const verdict = [...report.matchAll(/<summary status="(\w+)"\/>/g)].at(-1)?.[1];
  const isArchive =
    !file.endsWith('.pdf') || (report.includes('flavour=3b') && report.includes('isCompliant=true') && report.includes('<xml>'));
  return verdict === 'valid' && isArchive;
}

function reportsOf(files: string[]): { file: string; report: string }[] {
  const code = join(__dirname, 'Validate.java');
  const output = execFileSync('java', ['-cp', validator(), code, ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output
    .split('FILE ')
    .slice(1)
    .map((part) => ({ file: part.slice(0, part.indexOf('\n')), report: part.slice(part.indexOf('\n') + 1) }));
}

function validator(): string {
  const folder = join(cacheFolder(childEnvironment()), 'documents');
  const jar = join(folder, `validator-${VERSION}-shaded.jar`);
  if (existsSync(jar)) return jar;
  mkdirSync(folder, { recursive: true });
  const artifact = `org.mustangproject:validator:${VERSION}:jar:shaded`;
  execFileSync('mvn', ['--quiet', '--batch-mode', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], {
    stdio: 'inherit',
  });
  return jar;
}

void main();
