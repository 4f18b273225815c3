//! What one message doesn't hold is leafed through: a page for each press of a button. Everything can be reached, and
//! nobody gets a burst of messages for one question.

use super::super::{
    Action,
    pages::{Piece, cost_of_block, paginate},
};
use crate::{
    action,
    copy::standup as words,
    language::Language,
    message::{Block, Button, Message, Span, Style, Text},
    snapshot::{Capabilities, Snapshot},
};

/// What stands on every page.
pub(super) struct Frame {
    /// Above.
    pub(super) opening: Block,
    /// Room that is kept for it at least: where the same is shown under different words, its pages don't shift.
    pub(super) opening_cost_min: usize,
    /// Below.
    pub(super) below: Option<Block>,
}

/// One page, from 0, with a button to the next where there is one. A page that is no longer there is the last.
pub(super) fn leaf(
    seen: &Snapshot,
    language: Language,
    frame: Frame,
    pieces: Vec<Piece>,
    page: usize,
    turn: impl Fn(usize) -> Action,
) -> Message {
    let pages = pages(&seen.workspace.capabilities, &frame, pieces);
    let (page, count) = (page.min(pages.len().saturating_sub(1)), pages.len());
    let mut message = Message(vec![frame.opening]);
    message.0.extend(pages.into_iter().nth(page).unwrap_or_default().0);
    message.0.extend(frame.below);
    if page + 1 < count {
        let label = words::turn_page(language, page + 2, count);
        let action = action::Action::Standup(turn(page + 1));
        message.0.push(Block::Buttons(vec![Button { label, action, style: Style::Quiet }]));
    }
    message
}

fn pages(limits: &Capabilities, frame: &Frame, pieces: Vec<Piece>) -> Vec<Message> {
    let opening = cost_of_block(&frame.opening);
    let below: usize = frame.below.iter().map(cost_of_block).sum();
    let within = |opening: usize, others: usize| Capabilities {
        message_chars_max: limits.message_chars_max.saturating_sub(opening + below),
        message_blocks_max: limits.message_blocks_max.saturating_sub(others),
        ..*limits
    };
    let whole = paginate(&within(opening, 2), &[], &[], pieces.clone());
    // The opening, what is below, and the button.
    if whole.len() == 1 { whole } else { paginate(&within(opening.max(frame.opening_cost_min), 3), &[], &[], pieces) }
}

/// Whether these pieces need no second page.
pub(super) fn is_one_page(limits: &Capabilities, frame: &Frame, pieces: &[Piece]) -> bool {
    pages(limits, frame, pieces.to_vec()).len() == 1
}

/// Lines of a list, several to a block: a message holds few blocks, and a block many lines.
pub(super) fn lines(limits: &Capabilities, lines: Vec<Text>) -> Vec<Piece> {
    // A fraction of what a page holds, so that hardly any room is left empty at its end.
    let room = (limits.message_chars_max / 8).min(limits.block_chars_max);
    let mut blocks: Vec<Text> = Vec::new();
    for line in lines {
        let needs = |text: &Text| cost_of_block(&Block::Text(text.clone()));
        match blocks.last_mut().filter(|block| needs(block) + needs(&line) <= room) {
            Some(block) => {
                block.0.push(Span::Plain("\n".into()));
                block.0.extend(line.0);
            }
            None => blocks.push(line),
        }
    }
    blocks.into_iter().map(|block| Piece::body(Block::Text(block))).collect()
}
