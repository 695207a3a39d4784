//! The least that a program can do: it prints one line.

fn main() {
    println!("one line");
}
