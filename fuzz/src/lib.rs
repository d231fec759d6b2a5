//! What reads bytes from outside, for libFuzzer: see [`readers`].

pub mod readers;

use readers::Reader;

/// Gives a reader bytes, and frees afterwards what it had kept: a pack is read in place for as long as
/// a page is open, and millions of them would fill the memory.
pub fn run(reader: Reader, bytes: &[u8]) {
    let mut kept: Vec<*mut [u8]> = Vec::new();
    reader(bytes, &mut |block| {
        let block = Box::into_raw(block.into_boxed_slice());
        kept.push(block);
        // SAFETY: it is freed only below, where the reader has come back, and a reader leaves nothing
        // behind that refers to it: it neither starts threads nor writes to anything global.
        unsafe { &*block }
    });
    for block in kept {
        // SAFETY: each comes from `Box::into_raw`, and is freed once.
        drop(unsafe { Box::from_raw(block) });
    }
}
