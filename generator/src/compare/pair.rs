//! Takes the parts of two things and finds those that belong together.

use super::item::Part;
use std::collections::{HashMap, VecDeque};

/// A part of the old thing, of the new one, or of both.
pub(super) enum Pair<P> {
    Both(P, P),
    Old(P),
    New(P),
}

/// Pairs the parts of one group: by their first key, then by their second and so on, then what fits anything in the order
/// in which it stands. The pairs come in the order of the old parts, then what is new in its order.
pub(super) fn pair<'p, 'd>(old: &[&'p Part<'d>], new: &[&'p Part<'d>]) -> Vec<Pair<&'p Part<'d>>> {
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    let rounds = old.iter().map(|part| part.keys.len()).max().unwrap_or(0);
    for round in 0..rounds {
        let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::new();
        let free = new.iter().enumerate().zip(&taken);
        for ((index, part), _) in free.filter(|(_, taken)| !**taken) {
            if let Some(key) = part.keys.get(round) {
                waiting.entry(key).or_default().push_back(index);
            }
        }
        match_up(old, &mut partners, &mut taken, |part| {
            waiting.get_mut(part.keys.get(round)?.as_str())?.pop_front()
        });
    }
    let mut rest: VecDeque<usize> = new
        .iter()
        .enumerate()
        .zip(&taken)
        .filter(|((_, part), taken)| !**taken && part.fits_any)
        .map(|((index, _), _)| index)
        .collect();
    match_up(old, &mut partners, &mut taken, |part| {
        part.fits_any.then(|| rest.pop_front()).flatten()
    });
    let mut pairs: Vec<Pair<&Part<'_>>> = old
        .iter()
        .zip(&partners)
        .map(|(part, partner)| match partner.and_then(|at| new.get(at)) {
            Some(partner) => Pair::Both(*part, *partner),
            None => Pair::Old(*part),
        })
        .collect();
    let added = new.iter().zip(&taken).filter(|(_, taken)| !**taken);
    pairs.extend(added.map(|(part, _)| Pair::New(*part)));
    pairs
}

fn match_up<'d>(
    old: &[&Part<'d>],
    partners: &mut [Option<usize>],
    taken: &mut [bool],
    mut find: impl FnMut(&Part<'d>) -> Option<usize>,
) {
    for (part, partner) in old.iter().zip(partners) {
        if partner.is_some() {
            continue;
        }
        *partner = find(part);
        if let Some(taken) = partner.and_then(|at| taken.get_mut(at)) {
            *taken = true;
        }
    }
}
