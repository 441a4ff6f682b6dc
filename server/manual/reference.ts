/** The API reference: a page for each operation, resource and object, made from the OpenAPI document and what the tests recorded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from '../../domain/rows/api-version';
import { scopeOf } from '../../domain/authorization/permissions';
import type { ObjectLink, OperationLink, OperationModel, Property, Refusal } from '../../web/manual/model';
import { answerNameOf } from '../http/answer-shape';
import { examplesIn } from '../docs/examples';
import type { Documents } from '../docs/documents';
import type { Document } from '../docs/openapi';
import { operationIdOf, pathOf } from '../docs/paths';
import { recordedRefusals, recordedRequests, type RecordedRefusal, type RecordedRequest } from '../docs/recorded';
import { callOf, type Operation } from '../http/operation';
import { samplesOf } from './samples';
import { propertiesOf, typed, type PageOf, type Schema } from './schemas';

export const SDK_CALLS_FILE = join(__dirname, 'sdk-calls.json');

const pageOfOperation = ({ method, path }: Operation): string => `${operationIdOf(method, path)}.html`;
export const pageOfResource = (tag: string): string => `resource-${tag.toLowerCase().replace(/\W+/g, '-')}.html`;
export const isOfObject = (address: string): boolean => address.startsWith('reference/object-');
const pageOfObject = (name: string): string => `object-${name.replace(/[^\w]+/g, '-')}.html`;

interface OpenApiOperation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface ApiObject {
  name: string;
  page: string;
  description: string | null;
  properties: Property[];
  example: string | null;
}

/** Everything that the pages of the reference show. */
export class Reference {
  private readonly requests: Record<string, RecordedRequest> = recordedRequests();
  private readonly refusals: Record<string, RecordedRefusal[]> = recordedRefusals();
  private readonly examples = examplesIn(API_VERSION);
  private readonly sdkCalls = JSON.parse(readFileSync(SDK_CALLS_FILE, 'utf8')) as Record<string, string>;

  /** @param url where the API is */
  constructor(
    readonly operations: readonly Operation[],
    private readonly documents: Documents,
    private readonly url: string,
  ) {}

  private get document(): Document {
    return this.documents.of(API_VERSION);
  }

  get tags(): string[] {
    return [...new Set(this.operations.map(({ tag }) => tag))].sort();
  }

  ofTag(tag: string): Operation[] {
    return this.operations.filter((operation) => operation.tag === tag);
  }

  linkTo = (operation: Operation): OperationLink => {
    const { method, path, summary } = operation;
    return { method, path, summary, href: pageOfOperation(operation) };
  };

  /** Events have one page, with what each type carries. */
  get objects(): ApiObject[] {
    return Object.entries(this.schemas)
      .filter(([name]) => !name.startsWith('event_of_'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => ({
        name,
        page: pageOfObject(name),
        description: schema.description ?? null,
        properties: propertiesOf(schema, this.pageOf),
        example: name in this.examples ? pretty(this.examples[name]) : null,
      }));
  }

  /** The objects that the operations answer, themselves or in lists. */
  objectsOf(operations: readonly Operation[]): ObjectLink[] {
    const names = new Set(operations.map((operation) => answerNameOf(operation).replace(/^(list|search_result)_of_/, '')));
    return [...names].flatMap((name) => (name in this.schemas ? [{ name, href: pageOfObject(name) }] : []));
  }

  modelOf(operation: Operation): OperationModel {
    const { method, path, summary, own, needs, tag, unsupported } = operation;
    const answer = answerNameOf(operation);
    const element = answer.replace(/^(list|search_result)_of_/, '');
    return {
      ...{ summary, method, path, isOwn: own, scope: scopeOf(needs) },
      resource: { title: tag, href: pageOfResource(tag) },
      parameters: this.parametersOf(operation),
      unsupported: [...unsupported].sort(),
      samples: samplesOf(this.recordedCallOf(operation), this.url),
      answer: {
        name: answer.replace(/^list_of_/, 'list of ').replace(/^search_result_of_/, 'search result of '),
        href: element in this.schemas ? pageOfObject(element) : null,
        example: answer in this.examples ? pretty(this.examples[answer]) : null,
      },
      refusals: this.refusals[callOf(operation)] ?? [],
      errorsHref: 'errors.html',
    };
  }

  /** Every recorded code, with the operations that answer it. */
  get codes(): (Refusal & { operations: OperationLink[] })[] {
    const codes = new Map<string, Refusal & { operations: OperationLink[] }>();
    for (const operation of this.operations) {
      for (const refusal of this.refusals[callOf(operation)] ?? []) {
        const known = codes.get(refusal.code) ?? { ...refusal, operations: [] };
        known.operations.push(this.linkTo(operation));
        codes.set(refusal.code, known);
      }
    }
    return [...codes.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  get errorExamples(): string[] {
    return Object.entries(this.examples).flatMap(([name, example]) => (name.startsWith('error_of_') ? [pretty(example)] : []));
  }

  private get schemas(): Record<string, Schema> {
    return this.document.components?.schemas ?? {};
  }

  private readonly pageOf: PageOf = (name) => (name in this.schemas && !name.startsWith('event_of_') ? pageOfObject(name) : null);

  private described({ method, path }: Operation): OpenApiOperation {
    return (this.document.paths?.[pathOf({ path })]?.[method] ?? {}) as OpenApiOperation;
  }

  private parametersOf(operation: Operation): Property[] {
    const { parameters = [] } = this.described(operation);
    const outside: Schema = {
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    };
    const inside = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    const listed = [...propertiesOf(outside, this.pageOf), ...propertiesOf(this.bodyOf(operation), this.pageOf)];
    return listed.map((property) => (inside.includes(property.name) ? { ...property, type: `${property.type}, in the path` } : property));
  }

  private bodyOf(operation: Operation): Schema {
    return this.described(operation).requestBody?.content['application/json']?.schema ?? {};
  }

  /** As it was recorded; without a recording, with the names of what is in the path, and without parameters. */
  private recordedCallOf(operation: Operation) {
    const { method, path, own } = operation;
    const recorded = this.requests[callOf(operation)] ?? { path: path.replace(/:/g, ''), parameters: {} };
    const template = new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`);
    const { parameters = [] } = this.described(operation);
    const query: Schema = { properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])) };
    const schema = method === 'get' ? query : this.bodyOf(operation);
    return {
      method,
      path: recorded.path,
      ids: [...(template.exec(recorded.path) ?? [])].slice(1),
      parameters: typed(recorded.parameters, schema) as Record<string, unknown>,
      sdk: own ? null : (this.sdkCalls[callOf(operation)] ?? null),
    };
  }
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
