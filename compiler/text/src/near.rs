//! Names that resemble a misspelt one.

/// At most this many suggestions: more would be a list to search, not a hint.
const MOST: usize = 3;

/// Names longer than this (in characters) are not compared, so that the cost stays bounded.
const LONGEST: usize = 64;

/// The candidates nearest to `name`, best first: those within a third of its length in edits (at least one), where
/// swapping two neighbours is one edit (the "optimal string alignment" distance). Candidates of equal distance keep
/// their order; a candidate that occurs twice is given once.
pub fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name: Vec<char> = name.chars().take(LONGEST + 1).collect();
    if name.is_empty() || name.len() > LONGEST {
        return Vec::new();
    }
    let limit = ((name.len() + 1) / 3).max(1);
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut other = Vec::new();
    for candidate in candidates {
        // A byte is at most one character, so the byte length bounds the work before any is done.
        if candidate.len() > 4 * (name.len() + limit) || found.iter().any(|&(_, f)| f == candidate) {
            continue;
        }
        other.clear();
        other.extend(candidate.chars());
        if let Some(distance) = distance_within(&name, &other, limit) {
            let at = found.partition_point(|&(d, _)| d <= distance);
            found.insert(at, (distance, candidate));
            found.truncate(MOST);
        }
    }
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The distance between two words, if it is at most `limit` and smaller than the longer word.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if b.is_empty() || a.len().abs_diff(b.len()) > limit || a == b {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        if row.iter().all(|&d| d > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    let distance = last[b.len()];
    (distance <= limit && distance < a.len().max(b.len())).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        assert_eq!(near("pirnt", ["string", "print", "map"]), ["print"]);
    }

    #[test]
    fn nearest_come_first_and_none_twice() {
        assert_eq!(near("filtr", ["filters", "filter", "filter", "fold"]), ["filter", "filters"]);
    }

    #[test]
    fn unlike_names_are_not_suggested() {
        assert!(near("x", ["y", "zz"]).is_empty());
        assert!(near("", ["a"]).is_empty());
        assert!(near("list-length", ["dict"]).is_empty());
    }

    #[test]
    fn huge_names_cost_nothing() {
        let huge = "a".repeat(1 << 20);
        assert!(near(&huge, [huge.as_str()]).is_empty());
        assert!(near("abc", [huge.as_str()]).is_empty());
    }
}
