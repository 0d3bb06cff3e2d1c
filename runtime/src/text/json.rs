//! JSON, read strictly as RFC 8259 has it and written without spaces or indented. Both directions keep their own stack:
//! depth is bounded by memory only.

mod read;
mod scan;
mod write;

#[cfg(test)]
mod tests;
