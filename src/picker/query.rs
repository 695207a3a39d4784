//! Edits the text that the user types to find an item.

/// In characters: nobody types more, but a paste may be of any length.
const LONGEST: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text before the cursor.
    pub before: String,
    /// The text from the cursor on.
    pub after: String,
}

impl Query {
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Inserts a text at the cursor, as far as there is room.
    pub fn insert(&mut self, text: impl IntoIterator<Item = char>) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        self.before.extend(text.into_iter().filter(|character| !character.is_control()).take(room));
    }

    pub fn left(&mut self) {
        if let Some(character) = self.before.pop() {
            self.after.insert(0, character);
        }
    }

    pub fn right(&mut self) {
        self.before.extend(self.first_after());
        self.delete();
    }

    pub fn go_to_start(&mut self) {
        self.after.insert_str(0, &self.before);
        self.before.clear();
    }

    pub fn go_to_end(&mut self) {
        self.before.push_str(&self.after);
        self.after.clear();
    }

    /// Deletes the character at the cursor.
    pub fn delete(&mut self) {
        let length = self.first_after().map_or(0, char::len_utf8);
        self.after.drain(..length);
    }

    pub fn backspace(&mut self) {
        self.before.pop();
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) {
        self.before.truncate(self.before.trim_end().rfind(' ').map_or(0, |space| space + 1));
    }

    /// Deletes everything before the cursor.
    pub fn delete_to_start(&mut self) {
        self.before.clear();
    }

    fn first_after(&self) -> Option<char> {
        self.after.chars().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The query after these edits, with `|` for the cursor.
    fn edited(edits: &[fn(&mut Query)]) -> String {
        let mut query = Query::default();
        query.insert("two words é".chars());
        edits.iter().for_each(|edit| edit(&mut query));
        format!("{}|{}", query.before, query.after)
    }

    #[test]
    fn the_cursor_moves_and_edits_apply_where_it_is() {
        let left: fn(&mut Query) = Query::left;
        for (edits, expected) in [
            (&[left][..], "two words |é"),
            (&[left, left, Query::right], "two words |é"),
            (&[Query::right], "two words é|"),
            (&[Query::go_to_start], "|two words é"),
            (&[Query::go_to_start, left], "|two words é"),
            (&[Query::go_to_start, Query::go_to_end], "two words é|"),
            (&[Query::go_to_start, Query::delete], "|wo words é"),
            (&[Query::delete], "two words é|"),
            (&[left, Query::backspace], "two words|é"),
            (&[left, Query::delete_word], "two |é"),
            (&[left, Query::delete_word, Query::delete_word, Query::delete_word], "|é"),
            (&[left, Query::delete_to_start], "|é"),
            (&[Query::go_to_start, |query| query.insert(['x', '\u{1b}'])], "x|two words é"),
        ] {
            assert_eq!(edited(edits), expected);
        }
    }

    #[test]
    fn a_long_paste_is_cut_and_leaves_the_text_after_the_cursor() {
        let mut query = Query { before: String::new(), after: "end".to_owned() };
        query.insert("é".repeat(1000).chars());
        assert_eq!((query.before, query.after), ("é".repeat(197), "end".to_owned()));
    }
}
