//! The memory argon2 works in: 19 MiB a password, used again while passwords come, and given back to the system when none
//! is being checked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::Block;

/// Blocks of address space taken for each working memory: 33 MiB, of which only what is worked in becomes real memory.
/// Above 32 MiB, glibc always takes memory from the system and gives it back at once; under it, the first of such pieces
/// that is freed teaches it to keep the next ones, and a process then keeps what its busiest minute needed.
const RESERVED: usize = 33 * 1024;

/// Working memories, as many as passwords were checked at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    lent: usize,
    idle: Vec<Vec<Block>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("lent", &self.lent).field("idle", &self.idle.len()).finish()
    }
}

/// A working memory, given back when dropped.
pub(crate) struct Lent<'m> {
    memory: &'m Memory,
    blocks: Vec<Block>,
}

impl Memory {
    /// Lends one.
    pub(crate) fn lend(&self) -> Lent<'_> {
        let mut kept = self.lock();
        kept.lent += 1;
        let blocks = kept.idle.pop().unwrap_or_else(|| Vec::with_capacity(RESERVED));
        Lent { memory: self, blocks }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent<'_> {
    /// So many blocks, whatever they hold.
    pub(crate) fn blocks(&mut self, count: usize) -> &mut [Block] {
        if self.blocks.len() < count {
            self.blocks.resize(count, Block::new());
        }
        &mut self.blocks
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut kept = self.memory.lock();
        kept.lent -= 1;
        if kept.lent > 0 {
            let blocks = std::mem::take(&mut self.blocks);
            kept.idle.push(blocks);
        } else {
            kept.idle = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_while_it_is_in_use_and_given_back_after() {
        let memory = Memory::default();
        let mut first = memory.lend();
        first.blocks(19_456);
        let mut second = memory.lend();
        let address = second.blocks(10).as_ptr();
        drop(second);
        assert_eq!(memory.lock().idle.len(), 1);
        let mut third = memory.lend();
        assert_eq!(third.blocks(10).as_ptr(), address);
        drop((third, first));
        let kept = memory.lock();
        assert!(kept.lent == 0 && kept.idle.is_empty());
    }
}
