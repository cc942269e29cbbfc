//! Results of the last edition, shared with the next one where their whole input is equal.

use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

/// Last result of a function, with its input. The function sees nothing but the key, so a result can't depend on something
/// that isn't compared.
#[derive(Debug)]
pub(crate) struct Last<K, V>(Option<(K, Arc<V>)>);

impl<K, V> Default for Last<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Last<K, V> {
    /// The last result if its key is equal to `key`, else a new one.
    pub(crate) fn get(&mut self, key: K, make: impl FnOnce(&K) -> V) -> Arc<V> {
        if let Some((_, value)) = self.0.as_ref().filter(|(last, _)| *last == key) {
            return value.clone();
        }
        let value = Arc::new(make(&key));
        self.0 = Some((key, value.clone()));
        value
    }
}

/// Last results of a function for each of many inputs, by their places in a list.
#[derive(Debug)]
pub(crate) struct LastEach<K, V>(Vec<(K, V)>);

impl<K, V> Default for LastEach<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq + Send + Sync, V: Clone + Send + Sync> LastEach<K, V> {
    /// The results for a list of keys, in parallel: the last one where the key at the same place is equal, else a new one.
    pub(crate) fn get(&mut self, mut keys: Vec<K>, make: impl Fn(&K) -> V + Sync) -> Vec<V> {
        self.0.truncate(keys.len());
        let more = keys.split_off(self.0.len());
        self.0.par_iter_mut().zip(keys).for_each(|(last, key)| {
            if last.0 != key {
                let value = make(&key);
                *last = (key, value);
            }
        });
        self.0.par_extend(more.into_par_iter().map(|key| {
            let value = make(&key);
            (key, value)
        }));
        self.0.par_iter().map(|(_, value)| value.clone()).collect()
    }

    /// The last keys with their results.
    pub(crate) fn entries(&self) -> &[(K, V)] {
        &self.0
    }
}

impl<K, V> From<Vec<(K, V)>> for LastEach<K, V> {
    fn from(entries: Vec<(K, V)>) -> Self {
        Self(entries)
    }
}

/// Value that is equal to itself alone: what it points to is shared and never changed, so to compare it costs nothing.
#[derive(Debug)]
pub(crate) struct ByPointer<T>(pub(crate) Arc<T>);

impl<T> Clone for ByPointer<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for ByPointer<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for ByPointer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_again_only_for_another_key() {
        let (mut last, mut made) = (Last::default(), 0);
        let lengths = ["uno", "uno", "tre", "quattro", "tre"].map(|word| {
            *last.get(word, |word| {
                made += 1;
                word.len()
            })
        });
        assert_eq!((lengths, made), ([3, 3, 3, 7, 3], 4));
    }

    #[test]
    fn each_result_is_kept_by_its_place() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        let (mut last, made) = (LastEach::default(), AtomicUsize::new(0));
        let mut get = |keys: &[u32]| {
            made.store(0, Ordering::Relaxed);
            let values = last.get(keys.to_vec(), |key| {
                made.fetch_add(1, Ordering::Relaxed);
                key * 2
            });
            (values, made.load(Ordering::Relaxed))
        };
        assert_eq!(get(&[1, 2, 3]), (vec![2, 4, 6], 3));
        assert_eq!(get(&[1, 5, 3, 4]), (vec![2, 10, 6, 8], 2));
        assert_eq!(get(&[1]), (vec![2], 0));
        assert_eq!(get(&[1, 5]), (vec![2, 10], 1));
    }

    #[test]
    fn a_pointer_is_equal_to_its_copies_alone() {
        let (one, other) = (ByPointer(Arc::new(1)), ByPointer(Arc::new(1)));
        assert_eq!((one == one.clone(), one == other), (true, false));
    }
}
