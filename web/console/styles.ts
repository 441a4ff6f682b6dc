/** The console's style sheet: a sidebar that folds on a phone, dense tables, states with a word and a color. */
import { LIGHT, DARK, type Tokens } from '../tokens';

/** Colors of states and of a chart's parts, readable on the surface of each scheme. */
const STATES = {
  light: { good: '#1a6b3c', waiting: '#8a5300', quiet: '#566275' },
  dark: { good: '#7fd6a2', waiting: '#f0bd72', quiet: '#a7b3c4' },
};

const declare = (tokens: Tokens, states: Record<string, string>): string =>
  Object.entries({ ...tokens, ...states })
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** Rows of such a table as blocks: there is no room for columns. */
const stacked = (table: string): string => `
.scroll ${table} thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll ${table},.scroll ${table} tbody,.scroll ${table} tr,.scroll ${table} td,.scroll ${table} th{display:block;max-width:none}
.scroll ${table} tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.scroll ${table} tr:last-child{border-bottom:0}
.scroll ${table} td,.scroll ${table} th{border:0;padding:.1rem 0;text-align:start}
.scroll ${table} tbody th{font-weight:600}
.scroll ${table} td:not(:empty)::before{content:attr(data-label) ": ";color:var(--muted);font-size:.8125rem}
.scroll ${table} td:empty{display:none}`;

export const CONSOLE_STYLES = `
:root{color-scheme:light dark;${declare(LIGHT, STATES.light)}}@media (prefers-color-scheme:dark){:root{${declare(DARK, STATES.dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);font:15px/1.45 system-ui,sans-serif;overflow-wrap:break-word}
h1,dd,li,p{overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.25rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:-100vw}.skip:focus{position:static}
header.top{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.625rem 1rem;border-bottom:1px solid var(--line);background:var(--surface)}
header.top b{font-size:1.05rem}
header.top>form{flex:1 1 14rem;max-width:32rem;display:flex}
header.top .who{margin-inline-start:auto;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;color:var(--muted);font-size:.875rem}
header.top .who span{white-space:nowrap}
.mode{border:1px solid currentColor;border-radius:.375rem;padding:0 .5rem;font-size:.8125rem;color:var(--waiting)}
.mode.live{color:var(--good)}
.frame{display:grid;grid-template-columns:minmax(0,1fr)}
nav.places{border-bottom:1px solid var(--line);background:var(--surface)}
nav.places summary{padding:.75rem 1rem;cursor:pointer;font-weight:600;min-height:2.75rem}
nav.places .inside{padding:.25rem 1rem 1rem;display:grid;gap:.75rem 1.5rem;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr))}
nav.places h2{font-size:.75rem;letter-spacing:.04em;text-transform:uppercase;color:var(--muted);margin:.5rem 0 .125rem}
nav.places ul{list-style:none;margin:0;padding:0}
nav.places a{display:block;padding:.3rem .5rem;margin:0 -.5rem;border-radius:.375rem;color:var(--text);text-decoration:none}
nav.places a:hover{background:var(--background)}
nav.places a[aria-current]{background:var(--accent);color:var(--onAccent);font-weight:600}
main{padding:1.25rem 1rem 3rem;display:grid;gap:1.25rem;align-content:start;min-width:0}
h1{font-size:1.35rem;margin:0;line-height:1.25}
h2{font-size:1.05rem;margin:0 0 .625rem}
.about{color:var(--muted);margin:.25rem 0 0}
.card{background:var(--surface);border:1px solid var(--line);border-radius:.625rem;padding:1rem;min-width:0}
.heading{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
.heading>:first-child:nth-last-child(2){flex:1 1 16rem}
.heading .buttons{margin-inline-start:auto;display:flex;flex-wrap:wrap;gap:.5rem}
.scroll{overflow-x:auto;container-type:inline-size}
table{border-collapse:collapse;width:100%}
caption{text-align:start}
input.find{max-width:16rem;margin:0 0 .5rem}
th,td{text-align:start;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top;max-width:26rem}
tr>:last-child{padding-inline-end:0}
thead th{color:var(--muted);font-weight:600;font-size:.8125rem;white-space:nowrap}
th.number,td.number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody th{font-weight:400}
td.time,tbody th.time{white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
th button{all:unset;cursor:pointer}th button:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
thead a{color:inherit;text-decoration:none}thead a:hover{text-decoration:underline}
th[aria-sort=ascending]>:first-child::after{content:" ↑";content:" ↑"/""}th[aria-sort=descending]>:first-child::after{content:" ↓";content:" ↓"/""}
code{font-family:ui-monospace,monospace;font-size:.8125rem;overflow-wrap:anywhere}
.scroll code{display:inline-block;min-width:14ch}.scroll table.wide code{min-width:10ch}table.wide thead th{white-space:normal}
.state{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .55rem;font-size:.8125rem;white-space:nowrap;overflow-wrap:normal;font-variant-ligatures:none;color:var(--quiet)}
.state.good{color:var(--good)}.state.bad{color:var(--danger)}.state.waiting{color:var(--waiting)}
.empty{color:var(--muted);margin:.5rem 0}
.pages{display:flex;gap:.75rem;margin:.75rem 0 0}
.filters{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}
.filters>div{flex:1 1 9rem;max-width:14rem}
label{display:block;font-size:.8125rem;color:var(--muted);margin:0 0 .125rem}
label.check{display:flex;gap:.5rem;color:inherit;font-size:inherit;align-items:center}
input,select,textarea{width:100%;font:inherit;color:inherit;background:var(--surface);border:1px solid var(--muted);border-radius:.375rem;padding:.4rem .6rem;min-height:2.5rem}
input[type=checkbox]{width:1.25rem;min-height:1.25rem;flex:none}
textarea{min-height:5rem;resize:vertical}
button,a.button{display:inline-block;font:inherit;font-weight:600;cursor:pointer;border-radius:.375rem;min-height:2.5rem;padding:.45rem .9rem;border:1px solid var(--muted);background:var(--surface);color:var(--text);text-decoration:none}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--onAccent)}
button.danger{border-color:var(--danger);color:var(--danger)}
button.link{all:unset;cursor:pointer;color:var(--link);text-decoration:underline}
.notice{border:1px solid var(--good);color:var(--good);border-radius:.5rem;padding:.6rem .9rem;margin:0;background:var(--surface)}
.notice.problem{border-color:var(--danger);color:var(--danger)}
.actions{display:grid;gap:.5rem}
.actions details{border:1px solid var(--line);border-radius:.5rem}
.actions summary{cursor:pointer;padding:.55rem .8rem;font-weight:600;min-height:2.5rem}
.actions .danger>summary{color:var(--danger)}
.actions form{padding:.25rem .8rem .8rem;display:grid;gap:.625rem}
.actions p{margin:0;color:var(--muted)}
.two{display:grid;gap:1.25rem;grid-template-columns:minmax(0,1fr)}
.two>div{display:grid;gap:1.25rem;align-content:start;min-width:0}
dl.facts{margin:0;display:grid;grid-template-columns:minmax(7rem,auto) minmax(0,1fr);gap:.35rem 1rem}
dl.facts dt{color:var(--muted)}dl.facts dd{margin:0}
ol.timeline{list-style:none;margin:0;padding:0;border-inline-start:2px solid var(--line)}
ol.timeline li{padding:.3rem 0 .6rem 1rem;position:relative}
ol.timeline li::before{content:"";position:absolute;inset-inline-start:-.4rem;top:.65rem;width:.65rem;height:.65rem;border-radius:50%;background:var(--accent)}
ol.timeline li.planned::before{background:var(--surface);border:2px solid var(--accent)}
ol.timeline time{color:var(--muted);font-size:.8125rem;display:block}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))}
.tile{display:block;text-decoration:none;color:inherit}
.tile span{display:block;color:var(--muted);font-size:.875rem}
.tile strong{display:block;font-size:1.6rem;line-height:1.3;font-variant-numeric:tabular-nums}
${[1, 2, 3, 4, 5].map((fifth) => `.heat-${String(fifth)}{background:color-mix(in srgb,var(--accent) ${String(fifth * 6)}%,var(--surface))}`).join('')}
td[class*=heat-]{padding-inline:.5rem;border-inline-end:2px solid var(--surface)}
.measure{display:inline-flex;gap:.5rem;align-items:center;white-space:nowrap}.measure svg{width:6rem;height:.5rem;flex:none}
.measure .of{fill:var(--line)}.measure .is{fill:var(--accent)}.measure .full{fill:var(--danger)}
progress{width:100%;height:.75rem;accent-color:var(--accent)}
.tabs{display:flex;flex-wrap:wrap;gap:.5rem}.tabs a{padding:.4rem .8rem;border:1px solid var(--line);border-radius:1rem;background:var(--surface);color:var(--text);text-decoration:none;min-height:2.25rem}
.tabs a[aria-current]{border-color:var(--accent);color:var(--link);font-weight:600}
figure{margin:0}
figure svg{display:block;width:100%;height:14rem;overflow:visible}
figure .up{fill:var(--good)}figure .down{fill:var(--danger)}figure .line{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke}figure .axis{stroke:var(--muted);stroke-width:1;vector-effect:non-scaling-stroke}
figure .plot{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.5rem}
figure .ticks,figure .labels{color:var(--muted);font-size:.75rem;line-height:1rem;font-variant-numeric:tabular-nums}
figure .ticks{display:flex;flex-direction:column;justify-content:space-between;margin-block:-.5rem;text-align:end}
figure .labels{grid-column:2;display:grid;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);min-height:1rem}
figure .labels span{justify-self:center;white-space:nowrap}
figure .grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}figure .rest{fill:var(--muted)}
figure .key{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0 0;padding:0;list-style:none;font-size:.8125rem;color:var(--muted)}
figure .key i{display:inline-block;width:.75rem;height:.75rem;border-radius:.125rem;margin-inline-end:.35rem;vertical-align:-.05rem}
i.rest{background:var(--muted)}i.up{background:var(--good)}i.down{background:var(--danger)}i.line{background:var(--accent);height:.2rem!important;vertical-align:.2rem!important}
details.more summary{cursor:pointer;min-height:1.75rem;padding:.25rem 0}
pre{margin:.5rem 0 0;overflow:auto;max-height:30rem;font-size:.8125rem}
ul.waiting li{display:grid;grid-template-columns:3.5rem minmax(0,1fr);gap:.75rem;padding:.5rem 0;border-bottom:1px solid var(--line);align-items:baseline}
ul.waiting li:last-child{border-bottom:0}ul.waiting{list-style:none;margin:0;padding:0}
ul.waiting .state{text-align:center}
.own{list-style:none;margin:0;padding:0}.own li{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;padding:.6rem 0;border-bottom:1px solid var(--line)}
.own li:last-child{border-bottom:0}.own .time{white-space:nowrap}
.own .about{flex:1 1 100%;margin:0}.own .actions{flex:1 1 100%}
form.new{display:grid;gap:.625rem;margin-top:.75rem}form.new[hidden]{display:none}form.new .about{margin:0}.notice:empty{display:none}
.results h2{margin:1rem 0 .25rem}.results ul{list-style:none;margin:0;padding:0}.results li{padding:.35rem 0}
dialog{border:1px solid var(--line);border-radius:.75rem;padding:1rem;width:min(36rem,calc(100vw - 2rem));background:var(--surface);color:inherit;max-height:80vh}
dialog::backdrop{background:rgb(0 0 0/.45)}
@media (min-width:60rem){
.frame{grid-template-columns:15rem minmax(0,1fr);min-height:calc(100vh - 4rem)}
nav.places{border-bottom:0;border-inline-end:1px solid var(--line)}
nav.places summary{display:none}
nav.places .inside{display:block;padding:.75rem 1rem 2rem;position:sticky;top:0;max-height:100vh;overflow-y:auto}
main{padding:1.5rem 2rem 3rem}
.two:not(.alone){grid-template-columns:minmax(0,1.6fr) minmax(18rem,1fr)}
}
@media (max-width:40rem){${stacked('table.list')}
figure .labels span:not(:nth-child(4n+1)){visibility:hidden}
}
@container (max-width:44rem){${stacked('table.wide')}
}
@media print{nav.places,header.top,.actions,.filters{display:none}}
`;
