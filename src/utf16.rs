//! Decodes and encodes UTF-16 with a byte order mark, as Windows PowerShell's `>` and its editor save text.

use std::char::DecodeUtf16Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utf16 {
    LittleEndian,
    BigEndian,
}

impl Utf16 {
    pub const fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..] => Some(Self::LittleEndian),
            [0xfe, 0xff, ..] => Some(Self::BigEndian),
            _ => None,
        }
    }

    /// The characters, the mark among them; half a unit at the end is left out.
    pub fn decode(self, bytes: &[u8]) -> impl Iterator<Item = Result<char, DecodeUtf16Error>> {
        let unit = match self {
            Self::LittleEndian => u16::from_le_bytes,
            Self::BigEndian => u16::from_be_bytes,
        };
        char::decode_utf16(bytes.as_chunks::<2>().0.iter().map(move |&pair| unit(pair)))
    }

    /// The text without its mark; a replacement character takes the place of what is not UTF-16.
    pub fn text(self, bytes: &[u8]) -> String {
        self.decode(bytes).skip(1).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    /// The bytes of a text that has its mark already.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let bytes = match self {
            Self::LittleEndian => u16::to_le_bytes,
            Self::BigEndian => u16::to_be_bytes,
        };
        text.encode_utf16().flat_map(bytes).collect()
    }
}
