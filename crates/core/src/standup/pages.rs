//! Splitting: what is too long for one message goes on in the next. Nothing is cut, nothing is dropped.

use crate::{
    message::{Block, Message, Span, Text},
    snapshot::Capabilities,
};
use unicode_segmentation::UnicodeSegmentation;

/// What a block costs beyond its characters: line breaks, the marks of bold or quotation.
const BLOCK_OVERHEAD: usize = 8;
/// Never less room than this, so that a platform with absurd limits still gets on.
const ROOM_MIN: usize = 16;

/// What a character may take on a platform, at most: `&`, `<` and `>` are five on Slack (`&amp;`), punctuation may
/// be escaped by a backslash on Discord, a line break begins a new quoted line, and characters outside the basic
/// plane count twice where lengths are in UTF-16.
fn cost_of(c: char) -> usize {
    match c {
        '&' | '<' | '>' => 5,
        '\n' => 3,
        c if c.is_ascii_punctuation() => 2,
        c => c.len_utf16(),
    }
}

fn cost(text: &str) -> usize {
    text.chars().map(cost_of).sum()
}

fn cost_of_span(span: &Span) -> usize {
    match span {
        Span::Plain(text) | Span::Said(text) => cost(text),
        // Two marks on each side.
        Span::Bold(text) | Span::Code(text) => cost(text) + 4,
        Span::Member(_) | Span::Channel(_) => 24,
        Span::Link { label, url } => cost(label) + url.chars().count() + 8,
        // `<!date^TS^{date_short_pretty} {time}|fallback>`
        Span::At { fallback, .. } => cost(fallback) + 64,
    }
}

/// What a paragraph may take on a platform, at most.
pub(super) fn cost_of_text(text: &Text) -> usize {
    text.0.iter().map(cost_of_span).sum()
}

/// What a block may take on a platform, at most.
pub(crate) fn cost_of_block(block: &Block) -> usize {
    BLOCK_OVERHEAD
        + match block {
            Block::Heading(title) => cost(title),
            Block::Text(text) | Block::Quote(text) | Block::Small(text) => cost_of_text(text),
            // Buttons are not part of the text on either platform.
            Block::Buttons(_) | Block::Divider => 0,
        }
}

/// The longest beginning of at most `max` characters that ends between two graphemes.
pub(super) fn prefix(text: &str, max: usize) -> &str {
    let mut count = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        count += grapheme.chars().count();
        if count > max {
            break;
        }
        end = at + grapheme.len();
    }
    &text[..end]
}

/// Where to split a text so that its first part costs at most `room`: after a line break, else after a space, else
/// between two graphemes; inside one only when it alone is too long. At least one character.
fn split_at(text: &str, room: usize) -> usize {
    let (mut spent, mut fits, mut space, mut line) = (0, 0, 0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        spent += cost(grapheme);
        if spent > room {
            break;
        }
        fits = at + grapheme.len();
        if grapheme.contains('\n') {
            line = fits;
        } else if grapheme.chars().all(char::is_whitespace) {
            space = fits;
        }
    }
    // A break in the first half would leave a page mostly empty.
    let good = |at: usize| at > fits / 2;
    match (fits, line, space) {
        (0, ..) => split_inside(text, room),
        (fits, ..) if fits == text.len() => fits,
        (_, line, _) if good(line) => line,
        (_, _, space) if good(space) => space,
        (fits, ..) => fits,
    }
}

/// A single grapheme that is longer than a page (a letter under hundreds of combining marks) is split between its
/// characters.
fn split_inside(text: &str, room: usize) -> usize {
    let mut spent = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        spent += cost_of(c);
        if spent > room && end > 0 {
            break;
        }
        end = at + c.len_utf8();
        if spent > room {
            break;
        }
    }
    end
}

/// A paragraph as paragraphs that cost at most `room` each. Put together again they are the same text.
pub(super) fn split(text: &Text, room: usize) -> Vec<Text> {
    let room = room.max(ROOM_MIN);
    let mut out = Vec::new();
    let mut page: Vec<Span> = Vec::new();
    let mut left = room;
    for span in &text.0 {
        let mut rest = span.clone();
        loop {
            let needs = cost_of_span(&rest);
            if needs <= left {
                left -= needs;
                page.push(rest);
                break;
            }
            match halves(&rest, left.max(if page.is_empty() { ROOM_MIN } else { 0 })) {
                Some((first, second)) => {
                    page.push(first);
                    rest = second;
                }
                // What can't be split goes on the next page whole.
                None if page.is_empty() => {
                    page.push(rest);
                    left = 0;
                    break;
                }
                None => {}
            }
            out.push(Text(std::mem::take(&mut page)));
            left = room;
        }
    }
    if !page.is_empty() {
        out.push(Text(page));
    }
    out
}

/// A span in two, the first of which costs at most `room`; `None` when it can't be split so.
fn halves(span: &Span, room: usize) -> Option<(Span, Span)> {
    let marks = if matches!(span, Span::Bold(_) | Span::Code(_)) { 4 } else { 0 };
    let room = room.checked_sub(marks).filter(|room| *room >= ROOM_MIN - 4)?;
    let cut = |text: &str| {
        let at = split_at(text, room);
        (at < text.len()).then(|| (text[..at].to_owned(), text[at..].to_owned()))
    };
    match span {
        Span::Plain(text) => cut(text).map(|(a, b)| (Span::Plain(a), Span::Plain(b))),
        Span::Bold(text) => cut(text).map(|(a, b)| (Span::Bold(a), Span::Bold(b))),
        Span::Said(text) => cut(text).map(|(a, b)| (Span::Said(a), Span::Said(b))),
        Span::Code(text) => cut(text).map(|(a, b)| (Span::Code(a), Span::Code(b))),
        Span::Member(_) | Span::Channel(_) | Span::Link { .. } | Span::At { .. } => None,
    }
}

/// Something that stays together: words above, and what they introduce.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// A question, a name; on the same page as the beginning of what follows.
    pub(super) lead: Option<Block>,
    /// What follows, however long.
    pub(super) body: Option<Block>,
}

impl Piece {
    pub(super) fn lead(block: Block) -> Self {
        Self { lead: Some(block), body: None }
    }
    pub(super) fn body(block: Block) -> Self {
        Self { lead: None, body: Some(block) }
    }
    pub(super) fn both(lead: Block, body: Block) -> Self {
        Self { lead: Some(lead), body: Some(body) }
    }
}

/// Pages under way.
struct Pages<'a> {
    limits: &'a Capabilities,
    again: &'a [Block],
    done: Vec<Message>,
    page: Vec<Block>,
    /// Blocks of the page that only say what it is.
    opening: usize,
}

/// Puts pieces on as few messages as they need. The first page opens with `first`, each later one with `again`.
pub(super) fn paginate(limits: &Capabilities, first: &[Block], again: &[Block], pieces: Vec<Piece>) -> Vec<Message> {
    let mut pages = Pages { limits, again, done: Vec::new(), page: first.to_vec(), opening: first.len() };
    for piece in pieces {
        pages.put(piece);
    }
    pages.done.push(Message(pages.page));
    pages.done
}

impl Pages<'_> {
    fn room(&self) -> usize {
        let spent: usize = self.page.iter().map(cost_of_block).sum();
        self.limits.message_chars_max.saturating_sub(spent)
    }

    fn fits(&self, blocks: &[&Block]) -> bool {
        let needs: usize = blocks.iter().map(|block| cost_of_block(block)).sum();
        needs <= self.room() && self.page.len() + blocks.len() <= self.limits.message_blocks_max
    }

    fn turn(&mut self) {
        // A page with nothing but its opening would be turned for ever.
        if self.page.len() > self.opening {
            self.done.push(Message(std::mem::replace(&mut self.page, self.again.to_vec())));
            self.opening = self.again.len();
        }
    }

    fn put(&mut self, piece: Piece) {
        let lead_cost: usize = piece.lead.iter().map(cost_of_block).sum();
        let opening = self
            .again
            .iter()
            .map(cost_of_block)
            .sum::<usize>()
            .max(self.page.iter().take(self.opening).map(cost_of_block).sum());
        let per_page = self.limits.message_chars_max.saturating_sub(opening + lead_cost + BLOCK_OVERHEAD);
        let room = self.limits.block_chars_max.saturating_sub(BLOCK_OVERHEAD).min(per_page);
        let mut chunks = piece.body.map(|body| chunks(body, room)).unwrap_or_default().into_iter();
        let together: Vec<Block> = piece.lead.into_iter().chain(chunks.next()).collect();
        if !self.fits(&together.iter().collect::<Vec<_>>()) {
            self.turn();
        }
        self.page.extend(together);
        for chunk in chunks {
            if !self.fits(&[&chunk]) {
                self.turn();
            }
            self.page.push(chunk);
        }
    }
}

/// A block as blocks of the same kind that cost at most `room` each.
fn chunks(block: Block, room: usize) -> Vec<Block> {
    match block {
        Block::Text(text) => split(&text, room).into_iter().map(Block::Text).collect(),
        Block::Quote(text) => split(&text, room).into_iter().map(Block::Quote).collect(),
        Block::Small(text) => split(&text, room).into_iter().map(Block::Small).collect(),
        other => vec![other],
    }
}
