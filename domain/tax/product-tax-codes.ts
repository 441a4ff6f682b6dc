/** Stripe's product tax codes that Dunlin knows, and what tax law sees in them. */
import type { Supply } from './dated-rate';

/** `untaxed`: the seller says that no tax is due. `unsupported`: the table has no rates for it (goods, books, work by people). */
export type Treatment = Supply | 'untaxed' | 'unsupported';

export interface ProductTaxCode {
  id: string;
  name: string;
  description: string;
  treatment: Treatment;
}

const code = (id: string, name: string, treatment: Treatment, description: string): ProductTaxCode => ({
  id: `txcd_${id}`,
  name,
  treatment,
  description,
});

export const PRODUCT_TAX_CODES: readonly ProductTaxCode[] = [
  code('00000000', 'Nontaxable', 'untaxed', 'A sale on which no tax is collected anywhere.'),
  code(
    '10000000',
    'General - Electronically Supplied Services',
    'electronic',
    'A service delivered over the internet with little human work. Too broad for the United States.',
  ),
  code(
    '10010001',
    'Infrastructure as a service (IaaS) - personal use',
    'electronic',
    'Computing, storage and network by subscription, for private use.',
  ),
  code(
    '10101000',
    'Infrastructure as a service (IaaS) - business use',
    'electronic',
    'Computing, storage and network by subscription, for a business.',
  ),
  code('10102000', 'Platform as a service (PaaS) - business use', 'electronic', 'A platform on which a business runs its own software.'),
  code('10102001', 'Platform as a service (PaaS) - personal use', 'electronic', 'A platform on which a person runs their own software.'),
  code('10103000', 'Software as a service (SaaS) - personal use', 'saas_personal', 'Software that a person uses over the internet.'),
  code('10103001', 'Software as a service (SaaS) - business use', 'saas_business', 'Software that a business uses over the internet.'),
  code(
    '10103100',
    'Software as a service (SaaS) - electronic download - personal use',
    'software',
    'Software over the internet with a part to install, for private use.',
  ),
  code(
    '10103101',
    'Software as a service (SaaS) - electronic download - business use',
    'software',
    'Software over the internet with a part to install, for a business.',
  ),
  code('10104001', 'Cloud-based business process as a service', 'electronic', 'A business process that a provider runs in the cloud.'),
  code('10201000', 'Video games - downloaded', 'software', 'A game to download, with the right to keep it.'),
  code('10202000', 'Downloadable software - personal use', 'software', 'Ready-made software to download, for private use.'),
  code('10202003', 'Downloadable software - business use', 'software', 'Ready-made software to download, for a business.'),
  code('10203000', 'Downloadable software - custom - personal use', 'software', 'Software made for one person.'),
  code('10203001', 'Downloadable software - custom - business use', 'software', 'Software made for one business.'),
  code('10302000', 'Digital books - downloaded', 'unsupported', 'A book to download. Most of Europe has a reduced rate for it.'),
  code(
    '10304100',
    'Digital newspapers - subscription',
    'unsupported',
    'A newspaper online, by subscription. Most of Europe has a reduced rate for it.',
  ),
  code('10401200', 'Digital audio works - streamed - subscription', 'electronic', 'Music or speech by streaming.'),
  code('10402200', 'Digital video - streamed - subscription', 'electronic', 'Films by streaming.'),
  code('10701100', 'Website hosting', 'electronic', 'Keeping a website on the internet.'),
  code('10701300', 'Data processing services', 'electronic', 'Changing or reporting the data of a customer.'),
  code('10701400', 'Information services', 'electronic', 'Access to collected information.'),
  code('20030000', 'General - Services', 'unsupported', 'Work by people.'),
  code('92010001', 'Shipping', 'unsupported', 'Delivery of goods.'),
  code('99999999', 'General - Tangible Goods', 'unsupported', 'Any thing that can be touched.'),
];

const BY_ID = new Map(PRODUCT_TAX_CODES.map((known) => [known.id, known]));

export function findTaxCode(id: string): ProductTaxCode | undefined {
  return BY_ID.get(id);
}

/** A code that Dunlin does not know is not taxed by guessing. */
export function treatmentOf(id: string): Treatment {
  return BY_ID.get(id)?.treatment ?? 'unsupported';
}
