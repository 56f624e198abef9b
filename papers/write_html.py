"""A paper as one HTML file that needs nothing else: no script, no network, pictures inside."""

import re
from html import escape

from metrics.phrasing import day
from papers.drawing import svg
from papers.model import Block, Cell, Chart, Number, Paper, Paragraph, Points, Section, Table, text_of

_OPENING = re.compile(r"^<svg ")
STYLE = """
:root{color-scheme:light;--ink:#1c2326;--quiet:#55606a;--line:#d8d2c4;--accent:#1f5f7a}
body{font:16px/1.5 "Source Sans 3","Source Sans Pro","Segoe UI",system-ui,sans-serif;color:var(--ink);
background:#faf8f3;margin:0}
main{max-width:52rem;margin:0 auto;padding:2rem 1.25rem 4rem;background:#fff}
h1,h2{font-family:"Source Serif 4","Source Serif Pro",Georgia,serif;line-height:1.2}
h1{font-size:1.9rem;margin:0}h2{font-size:1.3rem;margin:2.2rem 0 .5rem}
.quiet{color:var(--quiet);font-size:.9rem;margin:.1rem 0 .6rem}.lead{font-weight:600;font-size:1.08rem}
figure{margin:1.2rem 0}figure svg{width:100%;height:auto}figcaption,caption{color:var(--quiet);font-size:.9rem;
text-align:left;padding-bottom:.4rem}
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.9rem;
font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:600}tbody th{font-weight:400}td.n,th.n{text-align:right}
li{margin:.3rem 0}.scroll:focus-visible{outline:2px solid var(--accent)}
@media print{body{background:#fff}main{padding:0;max-width:none}h2,figure,tr{break-inside:avoid}h2{break-after:avoid}}
"""


def html(paper: Paper) -> bytes:
    """The paper as HTML. Every text is escaped; nothing in it is run."""
    title = f"{paper.title}, {paper.landlord_name}, {paper.quarter}"
    parts = [
        f'<!doctype html><html lang="{escape(paper.language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f'<meta name="description" content="{escape(paper.finding)}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(paper.title)}</h1>",
        f'<p class="quiet">{escape(paper.landlord_name)} · figures to {day(paper.as_at)} ({escape(paper.quarter)})</p>',
        *(_section(each) for each in paper.sections),
        _sources(paper),
        "</main></body></html>",
    ]
    return "".join(parts).encode()


def _section(section: Section) -> str:
    code = f'<p class="quiet">{escape(section.code)}</p>' if section.code else ""
    inner = "".join(_block(each) for each in section.blocks)
    heading = f'<h2 id="{section.key}">{escape(section.heading)}</h2>'
    return f'<section aria-labelledby="{section.key}">{heading}{code}{inner}</section>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p{' class=lead' if block.lead else ''}>{escape(block.text)}</p>"
        case Points():
            tag = "ol" if block.numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{escape(each)}</li>' for each in block.items)}</{tag}>"
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{" class=n" if any(isinstance(row[place], Number) for row in table.rows) else ""}>'
        f"{escape(name)}</th>"
        for place, name in enumerate(table.columns)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(text_of(row[0]))}</th>{"".join(map(_cell, row[1:]))}</tr>' for row in table.rows
    )
    note = f'<p class="quiet">{escape(table.note)}</p>' if table.note else ""
    label = escape(table.title)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table id="table-{table.key}">'
        f"<caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _cell(cell: Cell) -> str:
    return f"<td{' class=n' if isinstance(cell, Number) else ''}>{escape(text_of(cell))}</td>"


def _chart(chart: Chart) -> str:
    picture = _OPENING.sub(f'<svg role="img" aria-label="{escape(chart.alt)}" ', svg(chart))
    return f'<figure id="chart-{chart.key}"><figcaption>{escape(chart.title)}</figcaption>{picture}</figure>'


def _sources(paper: Paper) -> str:
    if not paper.sources:
        return ""
    items = "".join(f"<li>{escape(each.title)}: {escape(each.detail)}</li>" for each in paper.sources)
    return f'<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ul>{items}</ul></section>'
