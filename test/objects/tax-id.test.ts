import { Rows } from '../../domain/rows/rows';
import { render, snapshot } from '../../objects';
import { taxId } from './rows';

test('a tax id shows its owner, its country, and that it is not verified', () => {
  expect(render('taxId', 'txi_1', new Rows({ taxId: [taxId()] }))).toMatchObject({
    object: 'tax_id',
    country: 'DE',
    customer: 'cus_1',
    owner: { type: 'customer', customer: 'cus_1', customer_account: null },
    type: 'eu_vat',
    value: 'DE123456789',
    verification: { status: 'unavailable', verified_address: null, verified_name: null },
  });
});

test('a deleted tax id answers with its id only, and the event of its deletion shows it in full', () => {
  const rows = new Rows({ taxId: [taxId({ deleted: true })] });
  expect(render('taxId', 'txi_1', rows)).toEqual({ id: 'txi_1', object: 'tax_id', deleted: true });
  expect(snapshot('taxId', 'txi_1', rows)).toMatchObject({ id: 'txi_1', value: 'DE123456789' });
});
