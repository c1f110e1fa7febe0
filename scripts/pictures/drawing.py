"""A terminal's screens as an SVG that plays them, in the colours of a light or a dark page."""
import html
import re

from terminal import columns

CELL, LINE, SIZE, MARGIN, BAR = 9.4, 22, 15.6, 16, 34
FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace"
REST = 4  # seconds for which the last screen stays
THEMES = {
    "light": {"back": "#ffffff", "edge": "#d0d7de", "text": "#1f2328", "dim": "#59636e", "error": "#cf222e", "wait": "#0550ae"},
    "dark": {"back": "#0d1117", "edge": "#30363d", "text": "#e6edf3", "dim": "#9198a1", "error": "#ff7b72", "wait": "#79c0ff"},
}
SPINNER = re.compile("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]")


def draw(frames, width, rows, theme, title):
    """The frames (seconds, screen) in a loop; a picture that does not move shows the last one."""
    colours = THEMES[theme]
    total = frames[-1][0] + REST
    wide, high = round(width * CELL + 2 * MARGIN), rows * LINE + BAR + MARGIN
    styles, body = [], []
    for number, ((row, runs), times) in enumerate(appearances(frames, total)):
        shown = times[-1][1] == total
        name = f"r{number}"
        if times != [(0, total)]:
            styles.append(f"@keyframes {name}{{{keyframes(times, total)}}}.{name}{{animation:{name} {total:.2f}s steps(1) infinite}}")
        hidden = "" if shown else ' visibility="hidden"'
        body.append(f'<g class="{name}"{hidden}>{texts(runs, row, colours)}</g>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">',
        f"<title>{html.escape(title)}</title>",
        f"<style>text{{font:{SIZE}px {FONT};white-space:pre}}{''.join(styles)}"
        "@media (prefers-reduced-motion:reduce){g{animation:none!important}}</style>",
        f'<rect x=".5" y=".5" width="{wide - 1}" height="{high - 1}" rx="9" fill="{colours["back"]}" stroke="{colours["edge"]}"/>',
        *(f'<circle cx="{20 + 18 * number}" cy="18" r="5.5" fill="{colours["edge"]}"/>' for number in range(3)),
        *body, "</svg>", ""])


def appearances(frames, total):
    """Each row's contents, and the spans of time in which it has them."""
    found = {}
    ends = [second for second, _ in frames[1:]] + [total]
    for (start, screen), end in zip(frames, ends):
        for row, runs in enumerate(screen):
            if not runs:
                continue
            times = found.setdefault((row, runs), [])
            if times and times[-1][1] == start:
                times[-1] = (times[-1][0], end)
            else:
                times.append((start, end))
    return found.items()


def keyframes(times, total):
    steps = [] if times[0][0] == 0 else ["0%{visibility:hidden}"]
    for start, end in times:
        steps.append(f"{start / total * 100:.2f}%{{visibility:visible}}")
        if end < total:
            steps.append(f"{end / total * 100:.2f}%{{visibility:hidden}}")
    return "".join(steps)


def texts(runs, row, colours):
    """One element for each stretch of characters of the same width, so that every font keeps to the columns."""
    column, parts = 0, []
    waits = bool(SPINNER.match(runs[0][0]))
    for text, style in runs:
        for stretch in re.findall(r"[\u2e80-\uffef]+|[^\u2e80-\uffef]+", text):
            width = columns(stretch)
            colour = colours["error"] if "31" in style else colours["dim"] if style == "2" else colours["wait" if waits else "text"]
            if stretch.strip():
                lead = len(stretch) - len(stretch.lstrip())
                shown = stretch.strip()
                parts.append(
                    f'<text x="{MARGIN + (column + lead) * CELL:.1f}" y="{BAR + row * LINE + 18}" fill="{colour}" '
                    f'textLength="{columns(shown) * CELL:.1f}" lengthAdjust="spacingAndGlyphs">{html.escape(shown)}</text>')
            column += width
    return "".join(parts)
