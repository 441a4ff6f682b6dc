/** The manual's style sheet: reading first, on a phone, on paper and in the dark. */
import { DARK, LIGHT, type Tokens } from '../tokens';

const declare = (tokens: Tokens): string =>
  Object.entries(tokens)
    .map(([name, value]) => `--${name}:${String(value)}`)
    .join(';');

export const MANUAL_STYLES = `
:root{color-scheme:light dark;${declare(LIGHT)}}@media (prefers-color-scheme:dark){:root{${declare(DARK)}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--background);color:var(--text);font:16px/1.6 system-ui,sans-serif;overflow-wrap:break-word}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.25rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:-100vw}.skip:focus{position:static}
header.top{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.75rem 1rem;border-bottom:1px solid var(--line);background:var(--surface)}
header.top>a{font-weight:700;color:var(--text);text-decoration:none;padding:.35rem 0}
header.top form{flex:1 1 14rem;max-width:30rem;display:flex;gap:.5rem}
input[type=search]{flex:1;min-width:0;width:100%;font:inherit;color:inherit;background:var(--background);border:1px solid var(--muted);border-radius:.5rem;padding:.4rem .75rem;min-height:2.5rem}
button{font:inherit;cursor:pointer;color:inherit;background:var(--surface);border:1px solid var(--muted);border-radius:.5rem;padding:.25rem .75rem;min-height:2.5rem}
nav.places{border-bottom:1px solid var(--line);background:var(--surface)}
nav.places summary{padding:.75rem 1rem;cursor:pointer;font-weight:600;min-height:2.75rem}
nav.places .inside{padding:.25rem 1rem 1rem}
nav.places h2{font-size:.75rem;letter-spacing:.04em;text-transform:uppercase;color:var(--muted);margin:1rem 0 .25rem}
nav.places ul{list-style:none;margin:0;padding:0;font-size:.9375rem}
nav.places a{display:block;padding:.25rem .5rem;margin:0 -.5rem;border-radius:.375rem;color:var(--text);text-decoration:none}
nav.places a:hover{background:var(--background)}
nav.places a[aria-current]{background:var(--accent);color:var(--onAccent);font-weight:600}
main{padding:1.25rem 1rem 4rem;min-width:0;max-width:56rem}
h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .5rem}
h3{font-size:1.0625rem;margin:1.75rem 0 .25rem}
p,ul,ol,table{margin:.75rem 0}
li{margin:.25rem 0}
ul,ol{padding-inline-start:1.5rem}
img{max-width:100%;height:auto;border:1px solid var(--line);border-radius:.5rem}
blockquote{margin:1rem 0;padding:.25rem 1rem;border-inline-start:4px solid var(--line);color:var(--muted)}
code{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
:not(pre)>code{background:var(--surface);border:1px solid var(--line);border-radius:.3rem;padding:.05em .3em}
pre{position:relative;background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:.875rem 1rem;overflow-x:auto;margin:.75rem 0}
pre code{overflow-wrap:normal;white-space:pre}
.block{position:relative}
.block .copy{position:absolute;inset-block-start:.375rem;inset-inline-end:.375rem;min-height:2rem;font-size:.8125rem;padding:.125rem .6rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;min-width:60%}
th,td{text-align:start;padding:.4rem .75rem;border-bottom:1px solid var(--line);vertical-align:top;min-width:5rem}
th{font-size:.875rem;color:var(--muted)}
.note{color:var(--muted);font-size:.9375rem}
.sections{border:1px solid var(--line);border-radius:.5rem;background:var(--surface);padding:.25rem 1rem;margin:1rem 0 1.5rem}
.sections summary{cursor:pointer;padding:.5rem 0;font-weight:600}
.sections ul{list-style:none;padding:0;margin:0 0 .75rem;columns:16rem}
.call{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.75rem 0}
.method{display:inline-block;font:600 .8125rem/1.5 ui-monospace,monospace;border:1px solid currentColor;border-radius:.375rem;padding:0 .5rem;color:var(--link);white-space:nowrap}
.own{font-size:.8125rem;border:1px solid var(--muted);color:var(--muted);border-radius:1rem;padding:0 .6rem}
dl.properties{margin:.5rem 0}
dl.properties>div{border-top:1px solid var(--line);padding:.5rem 0}
dl.properties dt{display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:baseline}
dl.properties dt b{font:600 .875rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
dl.properties dt span{color:var(--muted);font-size:.875rem}
dl.properties dd{margin:0;font-size:.9375rem}
dl.properties dd p{margin:.125rem 0}
dl.properties details{margin:.25rem 0 0;padding-inline-start:1rem;border-inline-start:2px solid var(--line)}
dl.properties summary{cursor:pointer;min-height:1.75rem;color:var(--link)}
.languages{display:flex;flex-wrap:wrap;gap:.25rem;margin:.5rem 0;padding:0;border:0}
.languages label{display:inline-flex;gap:.35rem;align-items:center;padding:.25rem .6rem;min-height:2.25rem;border:1px solid var(--line);border-radius:.5rem;background:var(--surface);cursor:pointer}
.languages label:has(:checked){border-color:var(--accent);font-weight:600}
.samples .block{display:none}
.samples:has([value=curl]:checked) [data-language=curl],.samples:has([value=typescript]:checked) [data-language=typescript],.samples:has([value=python]:checked) [data-language=python],.samples:has([value=go]:checked) [data-language=go],.samples:has([value=java]:checked) [data-language=java],.samples:has([value=php]:checked) [data-language=php]{display:block}
.operations{list-style:none;padding:0}
.operations li{border-top:1px solid var(--line);padding:.5rem 0;margin:0;display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:baseline}
.columns{columns:13rem;list-style:none;padding:0}
.results{padding:0;list-style:none}
.results li{border-top:1px solid var(--line);padding:.75rem 0;margin:0}
.results a{font-weight:600}
.results p{margin:.125rem 0 0}
@media (min-width:60rem){
header.top{padding:.75rem 1.5rem}
.frame{display:grid;grid-template-columns:17rem minmax(0,1fr)}
nav.places{border-bottom:0;border-inline-end:1px solid var(--line);padding-bottom:3rem;position:sticky;top:0;max-height:100vh;overflow-y:auto}
nav.places summary{display:none}
nav.places .inside{padding:.25rem 1.5rem}
main{padding:1.75rem 2.5rem 5rem}
}
@media print{
header.top,nav.places,.sections,.copy,.languages{display:none}
:root{color-scheme:light;${declare({ ...LIGHT, background: '#ffffff' })}}
main{max-width:none;padding:0}
details::details-content{content-visibility:visible;block-size:auto}
pre,.scroll{overflow:visible}pre code{white-space:pre-wrap;overflow-wrap:anywhere}
pre,table,dl.properties>div{break-inside:avoid}h1,h2,h3{break-after:avoid}
}
`;
