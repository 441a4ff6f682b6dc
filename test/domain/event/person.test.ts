import fc from 'fast-check';
import { withoutPerson, withPerson } from '../../../domain/event/person';

const invoice = {
  object: 'invoice',
  amount_due: 500,
  customer_address: { line1: 'Street 1', city: null, country: 'DE' },
  customer_email: 'ada@example.com',
  customer_name: 'Ada',
  description: 'Licenses for May',
  lines: { object: 'list', data: [{ object: 'line_item', description: 'Editor', metadata: { order: '7' } }] },
  metadata: { order: '7' },
};

test('an object without its person keeps its amounts, its shape and the seller’s words', () => {
  const { rest, person } = withoutPerson(invoice);
  expect(rest).toEqual({
    ...invoice,
    customer_address: { line1: null, city: null, country: null },
    customer_email: null,
    customer_name: null,
  });
  expect(JSON.stringify(person)).toContain('ada@example.com');
});

test('the name, the description and the metadata of a customer are its own; those of a product are the seller’s', () => {
  const of = { name: 'Ada', description: 'from the fair', metadata: { note: 'tall' } };
  expect(withoutPerson({ object: 'customer', ...of }).rest).toEqual({ object: 'customer', name: null, description: null, metadata: {} });
  expect(withoutPerson({ object: 'product', ...of })).toEqual({ rest: { object: 'product', ...of }, person: [] });
});

test('what an object was before a change has a person as the object has', () => {
  expect(withoutPerson({ name: 'Ada' }, 'customer').rest).toEqual({ name: null });
  expect(withoutPerson(null, 'customer')).toEqual({ rest: null, person: [] });
});

test('fields that are never null become empty texts', () => {
  const request = { object: 'customer_request', declaration: { name: 'Ada', email: 'ada@example.com', requested: true }, status: 'done' };
  expect(withoutPerson(request).rest).toEqual({ ...request, declaration: { name: '', email: '', requested: true } });
});

test('the number by which a state knows a person is the person’s, also where a charge names it', () => {
  const charge = { object: 'charge', amount: 500, payment_method_details: { type: 'boleto', boleto: { tax_id: '00000000191' } } };
  const { rest, person } = withoutPerson(charge);
  expect(rest).toEqual({ ...charge, payment_method_details: { type: 'boleto', boleto: { tax_id: '' } } });
  expect(withPerson(rest, person)).toEqual(charge);
});

test('any object with its person is what it was', () => {
  const names = ['address', 'amount', 'billing_details', 'data', 'declaration', 'email', 'metadata', 'name', 'object', 'shipping'];
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('customer'));
  const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
    object: fc.dictionary(fc.constantFrom(...names), tie('value'), { noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(object, (whole) => {
      const { rest, person } = withoutPerson(whole);
      expect(withPerson(rest, JSON.parse(JSON.stringify(person)) as typeof person)).toEqual(whole);
      expect(withoutPerson(rest).person).toEqual([]);
    }),
  );
});
