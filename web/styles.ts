/** The one style sheet of all pages. Phone first; wide screens put what is bought beside how it is paid. */
import type { Branding } from '../domain/rows/branding-settings';
import { tokensCss } from './tokens';

export const stylesOf = (branding: Branding): string => `${tokensCss(branding)}${RULES}`;

const RULES = `
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);font:16px/1.5 var(--font);overflow-wrap:anywhere;hyphens:auto;hyphenate-limit-chars:14 5 5}
main{max-width:62rem;margin:0 auto;padding:1.25rem 1rem 3rem;display:grid;gap:1.25rem}
h1{font-size:1.05rem;margin:0;font-weight:600;color:var(--muted)}
img.logo{display:block;max-width:min(14rem,100%);max-height:3rem}
img.icon{width:2rem;height:2rem;object-fit:contain;border-radius:var(--radius)}
.seller{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center}
.seller span{min-width:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
h2{font-size:1.05rem;margin:0 0 .75rem;font-weight:600}
.total{font-size:2rem;font-weight:700;line-height:1.2;margin:.25rem 0 0}
.total.long{font-size:1.25rem}
.note{color:var(--muted);margin:.25rem 0 0;font-size:.925rem}
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--box);padding:1.25rem;align-self:start}
.lines{list-style:none;margin:1.25rem 0 0;padding:0;display:grid;gap:1rem}
.lines:empty{display:none}
.line{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;align-items:start}
.line b{font-weight:600}
.note+.line{margin-top:1rem}
.line small{grid-column:1;color:var(--muted)}
.line button{grid-column:1;justify-self:start;margin-top:.35rem}
.quantity{grid-column:1;display:flex;gap:.5rem;align-items:center;font-weight:400;color:var(--muted);margin-top:.25rem}
.quantity input{width:6rem}
.license-key{width:100%;margin:.25rem 0 0;padding:.625rem .75rem;font-family:ui-monospace,monospace;font-size:.875rem;color:inherit;background:var(--surface);border:1px solid var(--muted);border-radius:var(--radius);overflow-wrap:anywhere;resize:vertical}
.code{margin:1.25rem 0 0}
.row{display:flex;gap:.5rem}
.row input{min-width:0}
.row button{flex:none}
.row .check{flex:1}
.code .test{margin-inline-end:.5rem}
dl .note{grid-column:1/-1}
.amount{text-align:end;font-variant-numeric:tabular-nums}
dl{margin:1.25rem 0 0;padding:1rem 0 0;border-top:1px solid var(--line);display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.5rem 1rem}
dd{margin:0}
figure.chart{margin:.5rem 0 1.25rem}figure.chart svg{display:block;width:100%;height:7.5rem;border-bottom:1px solid var(--muted)}figure.chart rect{fill:var(--accent)}
figure.chart table{border-collapse:collapse;width:100%;font-size:.925rem}figure.chart th,figure.chart td{padding:.25rem 0;border-bottom:1px solid var(--line);text-align:start;font-weight:400}figure.chart td:last-child,figure.chart thead th:last-child{text-align:end}figure.chart caption{text-align:start;color:var(--muted)}summary{cursor:pointer;min-height:1.5rem}
dl.stacked{grid-template-columns:minmax(0,1fr)}dl.stacked dt{font-weight:600}dl.stacked dd{overflow-wrap:anywhere}
dl.halves{grid-template-columns:repeat(2,minmax(0,1fr));hyphens:auto}
dl .sum{font-weight:700}
label,legend{display:block;font-weight:600;font-size:.925rem;margin:0 0 .25rem}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{padding:0;font-size:1.05rem;margin:.5rem 0 .75rem}
.fields{display:grid;gap:1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:end}
input,select,textarea{width:100%;font:inherit;color:inherit;background:var(--surface);border:1px solid var(--muted);border-radius:var(--radius);padding:.625rem .75rem;min-height:2.75rem}
textarea{min-height:8rem;resize:vertical}
input[type=checkbox],input[type=radio]{width:1.25rem;min-height:1.25rem;margin:.125rem 0 0;flex:none}
.method:not(:has(>label>:checked))>.inside{display:none}
.method>.inside{margin:.75rem 0 .5rem}
.inside .terms{margin:0}
.check{display:flex;gap:.625rem;font-weight:400;align-items:flex-start}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.question{margin-top:1.5rem}
.question button{display:block;width:100%;margin:0 0 .5rem}
.other-way{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}
.other-way button{width:100%}.other-way .problem:empty{display:none}
button{font:inherit;font-weight:600;cursor:pointer;border-radius:var(--radius);min-height:2.75rem;padding:.625rem 1rem;border:1px solid var(--muted);background:var(--surface);color:inherit}
a.primary{display:block;text-align:center;text-decoration:none;font-weight:600;border-radius:var(--radius);padding:.75rem 1rem;border:1px solid var(--accent)}
button.primary,a.primary{width:100%;background:var(--accent);border-color:var(--accent);color:var(--onAccent);min-height:3rem;white-space:normal}
button[disabled]{opacity:.6;cursor:progress}
a{color:var(--link)}
.problem{border:1px solid var(--danger);border-radius:var(--radius);padding:.75rem 1rem;margin:0 0 1rem;color:var(--danger);background:var(--surface)}
.test{display:inline-block;border:1px solid var(--muted);border-radius:.375rem;padding:0 .5rem;font-size:.8125rem;color:var(--muted)}
.terms{font-size:.875rem;color:var(--muted)}
.terms p{margin:.5rem 0 0}
.links{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.25rem 0 0;padding-inline-start:1.875rem}
.option{display:flex;flex-wrap:wrap;gap:0 .625rem;align-items:center;font-weight:400;border:1px solid var(--line);border-radius:var(--radius);padding:.625rem .75rem;margin:0 0 .5rem;cursor:pointer}
.option .amount{margin-inline-start:auto;white-space:nowrap}
.option>span:not(.amount){flex:1 1 7rem;min-width:0}
.option small{display:block;color:var(--muted)}
.option:has(:checked){border-color:var(--accent)}
.said{font-size:.925rem;margin:0;white-space:pre-line}
main.prices{max-width:72rem;grid-template-columns:minmax(0,1fr)}
.products{list-style:none;margin:0;padding:0;display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr))}
.product{display:flex;flex-direction:column;gap:.5rem;height:100%}
.product h2{margin:0;color:var(--text)}
.product form{margin-top:auto;padding-top:1rem}
.product .test{align-self:flex-start;margin:0}
.product.highlighted{border:2px solid var(--accent)}
.features{list-style:disc;margin:.5rem 0 0;padding-inline-start:1.25rem}
.choices{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;justify-content:space-between}
.choices select{width:auto;max-width:14rem}
.switch{display:inline-flex;flex-wrap:wrap;border:1px solid var(--muted);border-radius:var(--radius);overflow:hidden;background:var(--surface)}
.switch a{padding:.625rem 1rem;min-height:2.75rem;color:var(--text);text-decoration:none}
.switch a[aria-current]{background:var(--accent);color:var(--onAccent);font-weight:600}
main.portal{max-width:44rem;grid-template-columns:minmax(0,1fr)}
.portal .lines{gap:1.5rem}
.portal .card>p:last-child{margin:1rem 0 0}
.portal .card>form+form,.portal form+h2,.portal dl+form,.portal dl+p,.portal p+form,.portal .lines .choices{margin-top:1rem}
.portal .choices{justify-content:flex-start}
.portal fieldset legend{font-size:.925rem}
details summary{cursor:pointer;padding:.5rem 0}
details form{margin-top:.5rem}
.guide h3{margin:1.25rem 0 0;font-size:1rem}
.guide p,.guide li{margin:.5rem 0 0}
main.framed{padding:.25rem;max-width:none}
@media (min-width:48rem){main:not(.framed){padding-top:3rem}main:not(.prices):not(.portal){grid-template-columns:minmax(0,1fr) minmax(0,1.05fr);gap:2.5rem}main.framed>.card:only-child{grid-column:1/-1}.whole{grid-column:1/-1;max-width:32rem;margin:0 auto;width:100%}}
`;
