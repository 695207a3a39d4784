//! A terminal's screen as a picture whose text is text.

use std::fmt::Write;

use vt100::{Color, Screen};

const WIDTH: f32 = 8.4;
const HEIGHT: f32 = 19.0;
const MARGIN: f32 = 14.0;

/// The colours of a terminal: the eight by number, its text and its background.
pub struct Palette {
    background: &'static str,
    border: &'static str,
    text: &'static str,
    colours: [&'static str; 8],
}

/// On a white page.
pub const LIGHT: Palette = Palette {
    background: "#f6f8fa",
    border: "#d1d9e0",
    text: "#1f2328",
    colours: ["#1f2328", "#cf222e", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83", "#59636e"],
};

/// On a black one.
pub const DARK: Palette = Palette {
    background: "#0d1117",
    border: "#3d444d",
    text: "#e6edf3",
    colours: ["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
};

/// Text of one style.
#[derive(Clone, PartialEq)]
struct Run {
    text: String,
    colour: Option<usize>,
    bold: bool,
}

/// One row of the screen.
type Line = Vec<Run>;

/// A screen at one moment.
pub struct Shot {
    lines: Vec<Line>,
    cursor: (u16, u16),
}

/// The rows down to the last that shows something, with `home` called `name`.
pub fn shot(screen: &Screen, home: &str, name: &str) -> Shot {
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let mut lines: Vec<Line> = (0..rows).map(|row| line(screen, row, columns)).collect();
    for run in lines.iter_mut().flatten() {
        run.text = run.text.replace(home, name);
    }
    while lines.last().is_some_and(|line| line.iter().all(|run| run.text.trim().is_empty())) {
        lines.pop();
    }
    Shot { lines, cursor: screen.cursor_position() }
}

fn line(screen: &Screen, row: u16, columns: u16) -> Line {
    let mut line = Line::new();
    for cell in (0..columns).filter_map(|column| screen.cell(row, column)).filter(|cell| !cell.is_wide_continuation()) {
        let colour = match cell.fgcolor() {
            Color::Idx(number) => Some(usize::from(number % 8)),
            _ => None,
        };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        match line.last_mut() {
            Some(run) if (run.colour, run.bold) == (colour, cell.bold()) => run.text.push_str(text),
            _ => line.push(Run { text: text.to_owned(), colour, bold: cell.bold() }),
        }
    }
    line
}

/// The shots below each other, a rule between them.
pub fn draw(shots: &[Shot], width: u16, palette: &Palette) -> String {
    let rows: usize = shots.iter().map(|shot| shot.lines.len()).sum();
    let width = f32::from(width) * WIDTH + 2.0 * MARGIN;
    let height = (at(rows) + 2.0 * MARGIN) + at(shots.len() - 1);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img">
<title>aws-switch in a terminal</title>
<rect x="0.5" y="0.5" width="{:.0}" height="{:.0}" rx="8" fill="{}" stroke="{}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="{}">
"#,
        width - 1.0,
        height - 1.0,
        palette.background,
        palette.border,
        palette.text,
    );
    let mut y = MARGIN;
    for (number, shot) in shots.iter().enumerate() {
        if number > 0 {
            let middle = y + HEIGHT / 2.0;
            writeln!(svg, r#"<path d="M0.5 {middle:.1}H{:.1}" stroke="{}"/>"#, width - 0.5, palette.border).unwrap();
            y += HEIGHT;
        }
        let (row, column) = shot.cursor;
        let (left, top) = (MARGIN + f32::from(column) * WIDTH, y + f32::from(row) * HEIGHT);
        writeln!(svg, r#"<rect x="{left:.1}" y="{top:.1}" width="{WIDTH}" height="{HEIGHT}" fill-opacity="0.6"/>"#)
            .unwrap();
        for line in &shot.lines {
            draw_line(&mut svg, line, y + HEIGHT * 0.72, palette);
            y += HEIGHT;
        }
    }
    svg + "</g>\n</svg>\n"
}

fn draw_line(svg: &mut String, line: &Line, y: f32, palette: &Palette) {
    let mut column = 0;
    for run in line {
        let spaces = run.text.chars().take_while(|letter| *letter == ' ').count();
        let text = run.text.trim();
        let count = text.chars().count();
        if count > 0 {
            let fill = run.colour.map(|number| format!(r#" fill="{}""#, palette.colours[number])).unwrap_or_default();
            let weight = if run.bold { r#" font-weight="bold""# } else { "" };
            // textLength keeps the columns aligned in every font.
            let (x, length) = (MARGIN + WIDTH * columns(column + spaces), WIDTH * columns(count));
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            // Browsers collapse two spaces.
            let text = text.replace("  ", "\u{a0}\u{a0}");
            writeln!(
                svg,
                r#"<text x="{x:.1}" y="{y:.1}" textLength="{length:.1}" lengthAdjust="spacingAndGlyphs"{fill}{weight}>{text}</text>"#
            )
            .unwrap();
        }
        column += run.text.chars().count();
    }
}

/// The shots as plain text.
pub fn text(shots: &[Shot]) -> String {
    let line = |line: &Line| line.iter().map(|run| run.text.as_str()).collect::<String>().trim_end().to_owned();
    shots.iter().flat_map(|shot| &shot.lines).map(|row| line(row) + "\n").collect()
}

fn at(rows: usize) -> f32 {
    HEIGHT * columns(rows)
}

fn columns(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap())
}
