import { boolean, emptyable, metadata, name, oneOf, text } from '../../http/parameters';

const TAX_TYPES = [
  'amusement_tax',
  'communications_tax',
  'gst',
  'hst',
  'igst',
  'jct',
  'lease_tax',
  'mass_transit_parking_tax',
  'parking_tax',
  'pst',
  'qst',
  'retail_delivery_fee',
  'rst',
  'sales_tax',
  'service_tax',
  'vat',
] as const;

export const taxRateDetails = {
  active: boolean().optional(),
  country: emptyable(name()).optional(),
  description: emptyable(text()).optional(),
  jurisdiction: emptyable(name({ max: 50 })).optional(),
  metadata: metadata().optional(),
  state: emptyable(name()).optional(),
  tax_type: emptyable(oneOf(TAX_TYPES)).optional(),
};
