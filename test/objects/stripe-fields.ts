/** What the types of Stripe's SDK say that an object has: read from their declarations, without checking types. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Sdk } from '../support/stripe-parameters';

interface Field {
  isRequired: boolean;
  /** The interfaces that its value may be, by their names in the namespace `Stripe`. */
  inside: readonly string[];
}

type Fields = ReadonlyMap<string, Field>;
export type StripeFields = ReadonlyMap<string, Fields>;

/** Every interface of the SDK's resources: `Subscription.BillingMode` has `flexible`, `type` and `updated_at`. */
export function stripeFields(sdk: Sdk): StripeFields {
  const resources = join(process.cwd(), 'node_modules', sdk, 'cjs/resources');
  const found = new Map<string, Fields>();
  for (const folder of ['', 'Billing', 'BillingPortal', 'Tax', 'TestHelpers', 'Checkout', 'Entitlements', 'Radar']) {
    for (const file of readdirSync(join(resources, folder)).filter((name) => name.endsWith('.d.ts'))) {
      const source = ts.createSourceFile(file, readFileSync(join(resources, folder, file), 'utf8'), ts.ScriptTarget.ES2022, true);
      source.forEachChild((node) => {
        collect(node, folder === '' ? [] : [folder], found);
      });
    }
  }
  return found;
}

function collect(node: ts.Node, scope: readonly string[], found: Map<string, Fields>): void {
  if (ts.isInterfaceDeclaration(node)) found.set([...scope, node.name.text].join('.'), fieldsOf(node, scope));
  if (!ts.isModuleDeclaration(node)) return;
  node.body?.forEachChild((each) => {
    collect(each, [...scope, node.name.text], found);
  });
}

function fieldsOf(node: ts.InterfaceDeclaration, scope: readonly string[]): Fields {
  const properties = node.members.filter(ts.isPropertySignature);
  return new Map(
    properties.map((each) => [
      each.name.getText(),
      { isRequired: each.questionToken === undefined, inside: each.type ? namesIn(each.type, scope) : [] },
    ]),
  );
}

/** `Array<Charge.Outcome | null>` in `Charge` may be `Charge.Outcome`, seen from the top or from where it stands. */
function namesIn(type: ts.TypeNode, scope: readonly string[]): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.push(node.typeName.getText());
    node.forEachChild(visit);
  };
  visit(type);
  return names.flatMap((name) => scope.map((_, index) => [...scope.slice(0, scope.length - index), name].join('.')).concat(name));
}

/** A field that the type has and the object does not, by its path: `phases.items.trial`. */
export interface Absence {
  path: string;
  isRequired: boolean;
}

/** What an object lacks of its type. What is null in it, or an object of its own, is not looked into; of lists the first element is. */
export function absencesOf(types: StripeFields, name: string, object: unknown): Absence[] {
  const fields = types.get(name);
  if (fields === undefined) throw new Error(`Stripe has no ${name}`);
  return [...fields].flatMap(([field, of]) => absencesAt(types, field, of, object));
}

function absencesAt(types: StripeFields, field: string, { isRequired, inside }: Field, object: unknown): Absence[] {
  const value = (object as Record<string, unknown>)[field];
  if (value === undefined) return [{ path: field, isRequired }];
  const type = inside.find((each) => types.has(each));
  const [sample] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (type === undefined || typeof sample !== 'object' || sample === null || 'object' in sample) return [];
  return absencesOf(types, type, sample).map(({ path, ...rest }) => ({ ...rest, path: `${field}.${path}` }));
}
