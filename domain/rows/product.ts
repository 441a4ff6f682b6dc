import type { Metadata, Resource } from './resource';

export interface Product extends Resource {
  updated: number;
  deleted: boolean;
  active: boolean;
  type: 'good' | 'service';
  name: string;
  description: string | null;
  defaultPrice: string | null;
  images: string[];
  marketingFeatures: { name: string }[];
  packageDimensions: { height: number; length: number; weight: number; width: number } | null;
  shippable: boolean | null;
  statementDescriptor: string | null;
  taxCode: string | null;
  unitLabel: string | null;
  url: string | null;
  metadata: Metadata;
}
