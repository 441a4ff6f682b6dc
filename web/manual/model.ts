/** What the pages of the manual show: plain data. */

export interface NavigationGroup {
  title: string;
  items: { title: string; href: string; isCurrent: boolean }[];
}

/** What surrounds every page. Addresses are relative. */
export interface ManualFrame {
  title: string;
  /** From this page to the folder of the manual: empty, or `../`. */
  base: string;
  groups: NavigationGroup[];
  /** Sections of this page. */
  headings: { text: string; anchor: string }[];
}

/** A parameter, or a property of an object. */
export interface Property {
  name: string;
  type: string;
  isRequired: boolean;
  description: string | null;
  /** The values that it can have, if they are few. */
  values: string[];
  /** The page of the object that it is. */
  href: string | null;
  properties: Property[];
}

export interface Sample {
  language: string;
  code: string;
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
  param: string | null;
}

export interface OperationModel {
  summary: string;
  method: string;
  path: string;
  /** Not Stripe's. */
  isOwn: boolean;
  /** Of a restricted key: `invoices:write`. */
  scope: string;
  resource: { title: string; href: string };
  parameters: Property[];
  /** Stripe's that are refused. */
  unsupported: string[];
  samples: Sample[];
  answer: { name: string; href: string | null; example: string | null };
  refusals: Refusal[];
  errorsHref: string;
}

export interface OperationLink {
  method: string;
  path: string;
  summary: string;
  href: string;
}

export interface ObjectLink {
  name: string;
  href: string;
}
