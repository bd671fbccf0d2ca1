//! Takes the outputs of many documents, gives their faults and shapes. Documents that differ in one text have most files in common, and
//! what there is to say of a file follows from its path and its bytes, so each is judged once.

use crate::output::faults_of_file;
use crate::shape::{Shape, add, is_emitted, shape_of_file};
use crate::whole::faults_of_the_whole;
use sdk_generator::files::FileSet;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

/// What there is to say of one file.
struct Judgement {
    faults: Vec<String>,
    shape: Result<Shape, String>,
}

/// All files that were judged, by the hash of their path and bytes.
#[derive(Default)]
pub(crate) struct Judged {
    files: Mutex<HashMap<(usize, u64), Arc<Judgement>>>,
}

impl Judged {
    fn file(&self, path: &str, bytes: &[u8]) -> Arc<Judgement> {
        let mut hasher = DefaultHasher::new();
        (path, bytes).hash(&mut hasher);
        let key = (bytes.len(), hasher.finish());
        let known = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(judgement) = known.get(&key) {
            return Arc::clone(judgement);
        }
        drop(known);
        let judgement = Arc::new(Judgement {
            faults: faults_of_file(path, bytes),
            shape: shape_of_file(path, &String::from_utf8_lossy(bytes)),
        });
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, Arc::clone(&judgement));
        judgement
    }

    /// The same as [`crate::output::faults`].
    pub(crate) fn faults(&self, files: &FileSet, operations: usize, types: usize) -> Vec<String> {
        let emitted = files.iter().filter(|(path, _)| is_emitted(path));
        let mut faults: Vec<String> = emitted
            .flat_map(|(path, bytes)| self.file(path, bytes).faults.clone())
            .collect();
        faults.extend(faults_of_the_whole(files, operations, types));
        faults
    }

    /// The same as [`crate::shape::shape`].
    pub(crate) fn shape(&self, files: &FileSet) -> Result<Shape, String> {
        let mut whole = Shape::new();
        for (path, bytes) in files.iter().filter(|(path, _)| is_emitted(path)) {
            match &self.file(path, bytes).shape {
                Ok(part) => add(&mut whole, part),
                Err(error) => return Err(error.clone()),
            }
        }
        Ok(whole)
    }
}
