//! A worker's share of the pool of stacks: small free blocks at hand, so that making and ending a fiber takes no lock. The
//! pool itself is the stock of all workers. One that ends fibers which another one made gives the surplus back in batches; at
//! each collection all free blocks return to the stock.

use super::pool::{Block, Pool};
use crate::heap::shared::lock;
use std::sync::{Arc, Mutex};

/// Sizes of which blocks are kept at hand: 512 bytes to 4 KiB.
const CLASSES: usize = 4;
/// Blocks that are taken from the stock, or given back, at once. At most twice as many of a size are at hand.
const BATCH: usize = 32;

#[derive(Default)]
pub struct Blocks {
    stock: Arc<Mutex<Pool>>,
    free: [Vec<usize>; CLASSES],
    /// Bytes of the blocks taken, less those put back, since the last collection.
    balance: isize,
}

impl Blocks {
    /// The share of another worker of the same program.
    pub fn of_same_stock(other: &Blocks) -> Blocks {
        Blocks { stock: other.stock.clone(), ..Blocks::default() }
    }

    /// By how many bytes this worker's fibers have grown since the last collection.
    pub fn growth(&self) -> usize {
        self.balance.max(0) as usize
    }

    /// Bytes of the blocks in use by fibers of all workers. Exact if no other worker has blocks at hand, as in a collection.
    pub fn used(&self) -> usize {
        let at_hand: usize = self.free.iter().enumerate().map(|(class, free)| free.len() * bytes(class)).sum();
        lock(&self.stock).used() - at_hand
    }

    pub fn take(&mut self, class: u8) -> Block {
        self.balance += bytes(class.into()) as isize;
        let Some(free) = self.free.get_mut(class as usize) else { return lock(&self.stock).take(class) };
        if free.is_empty() {
            let mut stock = lock(&self.stock);
            free.extend((0..BATCH).map(|_| stock.take(class).low));
            free.reverse();
        }
        Block { low: free.pop().expect("blocks were taken"), class }
    }

    pub fn put(&mut self, block: Block) {
        self.balance -= block.bytes() as isize;
        let Some(free) = self.free.get_mut(block.class as usize) else { return lock(&self.stock).put(block) };
        free.push(block.low);
        if free.len() > 2 * BATCH {
            let mut stock = lock(&self.stock);
            free.drain(..BATCH).for_each(|low| stock.put(Block { low, ..block }));
        }
    }

    /// Gives what is at hand back to the stock: at a collection, for each worker.
    pub fn settle(&mut self) {
        let mut stock = lock(&self.stock);
        for (class, free) in self.free.iter_mut().enumerate() {
            // The last one is taken first, as it was here.
            free.drain(..).for_each(|low| stock.put(Block { low, class: class as u8 }));
        }
        self.balance = 0;
    }

    /// Of the stock, see `Pool::since_last`.
    pub fn since_last(&self) -> usize {
        lock(&self.stock).since_last()
    }

    /// Of the stock, see `Pool::trim`.
    pub fn trim(&self) {
        lock(&self.stock).trim();
    }
}

fn bytes(class: usize) -> usize {
    super::pool::SMALLEST << class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_one_worker_ends_serve_another() {
        let mut maker = Blocks::default();
        let mut ender = Blocks::of_same_stock(&maker);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..10_000 {
            let block = maker.take(0);
            seen.insert(block.low);
            ender.put(block);
        }
        assert!(seen.len() <= 5 * BATCH, "{}", seen.len());
        assert_eq!((maker.growth(), ender.growth()), (10_000 * bytes(0), 0));
        maker.settle();
        ender.settle();
        assert_eq!((maker.used(), ender.used(), maker.growth()), (0, 0, 0));
    }
}
