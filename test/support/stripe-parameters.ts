import path from 'node:path';
import ts from 'typescript';

/** The SDKs that must work unchanged: the one whose API version Dunlin speaks, and the next. */
export type Sdk = 'stripe' | 'stripe-23';

const ROOT = path.resolve(__dirname, '../../node_modules');

/** Every parameter that an SDK's type declares, as a path of names: `items[][price_data][currency]`. */
export class StripeParameters {
  private readonly programs = new Map<Sdk, ts.Program>();

  /** `files` are all files that will be needed: the SDK's types are read once. */
  constructor(private readonly files: readonly string[]) {}

  /** `file` is that of the resource (`Subscriptions`), `type` the interface of the parameters. Null where the SDK has none. */
  of(sdk: Sdk, file: string, type: string): string[] | null {
    const program = this.programOf(sdk);
    const checker = program.getTypeChecker();
    const declaration = program
      .getSourceFile(sourceOf(sdk, file))
      ?.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === type);
    if (!declaration) return null;
    const paths = [...pathsOf(checker, checker.getTypeAtLocation(declaration), '')];
    return [...new Set(paths)].filter((each) => !each.startsWith('expand'));
  }

  private programOf(sdk: Sdk): ts.Program {
    const known = this.programs.get(sdk);
    if (known) return known;
    const options = {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      skipLibCheck: true,
      types: [],
    };
    const sources = this.files.map((file) => sourceOf(sdk, file));
    const program = ts.createProgram(sources, options);
    this.programs.set(sdk, program);
    return program;
  }
}

const sourceOf = (sdk: Sdk, file: string): string => path.join(ROOT, sdk, 'esm/resources', `${file}.d.ts`);

function* pathsOf(checker: ts.TypeChecker, type: ts.Type, prefix: string): Generator<string> {
  for (const property of type.getProperties()) {
    const name = prefix === '' ? property.name : `${prefix}[${property.name}]`;
    yield name;
    for (const [inner, suffix] of objectsIn(checker, checker.getTypeOfSymbol(property))) yield* pathsOf(checker, inner, name + suffix);
  }
}

/** The objects that a parameter may be, or a list of. Metadata and decimals have no parameters of their own. */
function objectsIn(checker: ts.TypeChecker, type: ts.Type): [ts.Type, string][] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.flatMap((part): [ts.Type, string][] => {
    if (checker.isArrayType(part)) {
      const [element] = checker.getTypeArguments(part as ts.TypeReference);
      return element ? objectsIn(checker, element).map(([inner, suffix]): [ts.Type, string] => [inner, `[]${suffix}`]) : [];
    }
    return isObject(checker, part) ? [[part, '']] : [];
  });
}

function isObject(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (!(type.flags & ts.TypeFlags.Object) || type.getProperties().length === 0) return false;
  if (checker.getIndexTypeOfType(type, ts.IndexKind.String)) return false;
  return !/Decimal$/.test(checker.typeToString(type));
}

/** A request that holds this parameter and no other: `items[][price]` is `{ items: [{ price: 'x' }] }`. */
export function requestWith(parameter: string): Record<string, unknown> {
  const steps = parameter.replace(/\]/g, '').split('[');
  const build = (index: number): unknown => {
    const step = steps[index];
    if (step === undefined) return 'x';
    return step === '' ? [build(index + 1)] : { [step]: build(index + 1) };
  };
  return build(0) as Record<string, unknown>;
}
