"""How a report looks on a screen, on a phone and on paper (版式): one style sheet, within the page."""

STYLE = """
*{box-sizing:border-box}
body{font:14px/1.5 "Microsoft YaHei","Noto Sans CJK SC","PingFang SC",sans-serif;color:#1c1c1c;max-width:1500px;
margin:1em auto;padding:0 1em;overflow-wrap:anywhere}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:1.1em 0 .35em}
p{margin:.25em 0}
.whose{color:#444}.told{font-size:15px}.note,.legend,footer{color:#444;font-size:12px}
table{border-collapse:collapse}th,td{border:1px solid #8a8a8a;padding:.2em .45em;text-align:left;vertical-align:top}
thead th{background:#ececec;vertical-align:bottom}thead{display:table-header-group}tr{break-inside:avoid}
.wide{overflow-x:auto;max-width:100%}.wide:focus-visible{outline:2px solid #0b4a9e}
.list{width:100%}.list td,.list th{min-width:3.4em}.list .c,.good,.wait,.bad{white-space:nowrap}.list .l{min-width:11em}
.n{text-align:right}.sum>*{font-weight:bold;border-top:2px solid #333}
.grid td{text-align:right;white-space:nowrap;vertical-align:middle}.grid thead th{max-width:6.6em}
.grid tbody th{white-space:nowrap;font-weight:normal;position:sticky;left:0;background:#fff}
.map .note,.map .legend{width:0;min-width:100%}
.grid small{display:inline-block;min-width:2.6em;font-size:11px}
.s0{background:#fff}.s1{background:#e6edf7}.s2{background:#c9d9ee}.s3{background:#a3bede}.s4{background:#7fa3d0}
.legend span{display:inline-block;border:1px solid #8a8a8a;padding:.05em .6em;margin:0 .3em .3em 0;color:#1c1c1c}
.good{background:#eaf5ea}.wait{background:#fff3d6}.bad{background:#fbe0dc}
.trend table{width:100%}.trend td:nth-child(2){text-align:right;width:4em}
.trend th{width:11em}.trend th+th{width:4em}.trend th+th+th{width:auto}
.trend tbody th{font-weight:normal}.trend svg{display:block;width:100%;height:.9em}.trend rect{fill:#44546a}
.trend td:last-child{padding:.2em .3em;vertical-align:middle}
.facts th{background:#f4f4f4;width:10em}
a{color:#0b4a9e}details{margin:.6em 0}summary{cursor:pointer;font-weight:bold}
tr:target>*,tr:target{background:#fff3b0}
@media screen and (min-width:1200px){.beside{display:grid;grid-template-columns:fit-content(72%) minmax(0,1fr);
gap:0 1.4em;align-items:start}.beside>*{min-width:0}
.beside>.map{grid-row:1/span 2}.beside>:not(.map):not(.trend){grid-column:1/span 2}}
@media screen and (max-width:640px){body{padding:0 .6em}.facts th{width:6.5em}}
@page{size:A4 landscape;margin:8mm}
@media print{body{font-size:10.5px;line-height:1.25;margin:0;padding:0 1px 0 0;max-width:none}
h1{font-size:16px}h2{font-size:11.5px;margin:.5em 0 .2em}
.told{font-size:11px}.note,.legend,footer{font-size:9px}th,td{padding:.1em .35em}.wide{overflow:visible}
.grid small{font-size:8.5px;min-width:2.4em}.grid thead th{max-width:5.2em}
.list td,.list th{min-width:0}.list .l{min-width:6em}
.beside{display:grid;grid-template-columns:fit-content(66%) minmax(0,1fr) minmax(0,1fr);gap:0 1.2em;align-items:start}
.beside>*{min-width:0}.beside>.map{grid-row:1/span 9}.beside>:not(.map):not(.trend){grid-column:2/span 2}
a{color:inherit;text-decoration:none}details:not([open]){display:none}
.s0,.s1,.s2,.s3,.s4,.good,.wait,.bad,rect,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
