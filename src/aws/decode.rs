//! Decodes the bytes of an AWS file, and reports what the AWS CLI cannot decode.

use super::lines::Lines;
use crate::diagnostic::{Diagnostic, Span};
use crate::utf16::Utf16;

const SAVE_AS_UTF8: &str = "save the file as UTF-8 without a byte order mark";

/// The text of a file; a replacement character takes the place of what is not UTF-8.
pub fn decode(mut bytes: Vec<u8>) -> (String, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut report =
        |code, line, message| problems.push(Diagnostic::error(code, message, SAVE_AS_UTF8).at(Span::of_line(line)));
    if let Some(encoding) = Utf16::of(&bytes) {
        report("utf-16", 1, "the file is encoded in UTF-16, which the AWS CLI cannot read");
        return (encoding.text(&bytes), problems);
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        report("byte-order-mark", 1, "the file starts with a byte order mark, so the AWS CLI rejects it");
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        // The bad byte is on the last of these lines, or begins the next one.
        let line = Lines::new(&(String::from_utf8_lossy(before) + "?")).count();
        report("invalid-utf8", line, "this line is not valid UTF-8, so the AWS CLI rejects the whole file");
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    (text, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<(&'static str, Option<usize>)>) {
        let (text, problems) = decode(bytes.to_vec());
        (text, problems.iter().map(|problem| (problem.code, problem.line())).collect())
    }

    #[test]
    fn what_is_not_utf8_is_reported_and_replaced() {
        assert_eq!(decoded("é".as_bytes()), ("é".into(), vec![]));
        assert_eq!(decoded(b"\xef\xbb\xbfa"), ("a".into(), vec![("byte-order-mark", Some(1))]));
        assert_eq!(decoded(b"a\r\nb\n\xe9c\n"), ("a\r\nb\n\u{fffd}c\n".into(), vec![("invalid-utf8", Some(3))]));
        assert_eq!(decoded(b"a\r\nb\xe9c\n"), ("a\r\nb\u{fffd}c\n".into(), vec![("invalid-utf8", Some(2))]));
        assert_eq!(decoded(b"\xff\xfea\0\n\0"), ("a\n".into(), vec![("utf-16", Some(1))]));
        assert_eq!(decoded(b"\xfe\xff\0a\xd8\0"), ("a\u{fffd}".into(), vec![("utf-16", Some(1))]));
    }
}
