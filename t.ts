import { operations } from './server/routes'; import { openApi } from './server/docs/openapi';
const t1=performance.now(); const d=openApi(operations,'/','2026-08-26.dahlia'); const t2=performance.now(); const s=JSON.stringify(d); console.log(t2-t1,s.length);
const e=openApi(operations,'/','2026-10-28.endive');
const c:any=d.components!.schemas; console.log(Object.keys(c).join(' '));
console.log(JSON.stringify(c.customer,null,1).slice(0,2500)); console.log(JSON.stringify(c.price)); console.log(JSON.stringify((e as any).components.schemas.product.properties.tax_details));
console.log(JSON.stringify((d as any).paths['/v1/customers'].get.responses));
console.log(JSON.stringify(c.event).slice(0,1500))
