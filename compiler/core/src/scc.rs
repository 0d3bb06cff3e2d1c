//! Strongly connected components (Tarjan, Depth-first search and linear graph algorithms, 1972), without recursion.

/// The components of a graph given as successor lists, each before those that have an edge to it: callees first.
/// Members of a component are in no particular, but a fixed, order.
pub fn components(successors: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let n = successors.len();
    let mut search = Search {
        index: vec![UNSEEN; n],
        low: vec![0; n],
        on_stack: vec![false; n],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for root in 0..n as u32 {
        if search.index[root as usize] == UNSEEN {
            search.from(root, successors);
        }
    }
    search.found
}

const UNSEEN: u32 = u32::MAX;

struct Search {
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    next: u32,
    found: Vec<Vec<u32>>,
}

impl Search {
    fn enter(&mut self, node: u32) {
        let i = node as usize;
        self.index[i] = self.next;
        self.low[i] = self.next;
        self.next += 1;
        self.on_stack[i] = true;
        self.stack.push(node);
    }

    fn from(&mut self, root: u32, successors: &[Vec<u32>]) {
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, edge)) = path.last_mut() {
            let i = *node as usize;
            if let Some(&next) = successors[i].get(*edge) {
                *edge += 1;
                let j = next as usize;
                if self.index[j] == UNSEEN {
                    self.enter(next);
                    path.push((next, 0));
                } else if self.on_stack[j] {
                    self.low[i] = self.low[i].min(self.index[j]);
                }
                continue;
            }
            let done = *node;
            path.pop();
            if let Some((parent, _)) = path.last() {
                let p = *parent as usize;
                self.low[p] = self.low[p].min(self.low[i]);
            }
            if self.low[i] == self.index[i] {
                self.take_component(done);
            }
        }
    }

    fn take_component(&mut self, root: u32) {
        let start = self.stack.iter().rposition(|&n| n == root).expect("a root is on the stack");
        let members = self.stack.split_off(start);
        members.iter().for_each(|&m| self.on_stack[m as usize] = false);
        self.found.push(members);
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn callees_come_before_callers_and_cycles_are_one_component() {
        // 0 -> 1 -> 2 -> 1, 2 -> 3, and 4 alone.
        let graph = [vec![1], vec![2], vec![1, 3], vec![], vec![]];
        let mut found = components(&graph);
        found.iter_mut().for_each(|c| c.sort());
        assert_eq!(found, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let n = 200_000;
        let graph: Vec<Vec<u32>> = (0..n).map(|i| if i + 1 < n { vec![i + 1] } else { vec![] }).collect();
        assert_eq!(components(&graph).len(), n as usize);
    }
}
