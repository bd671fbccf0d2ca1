//! Makes a struct of the headers that answers of success declare: takes the operations, gives each set of headers once, with its
//! names. An API mostly answers with the same few headers everywhere, so a set is made for what it is, not for each operation.

use super::case::Cases;
use super::ident::{NameKind, Scope};
use super::spell::spell;
use super::word::Word;
use crate::plan::model::{Api, HeaderField, HeaderSet, HeaderSetId, Operation, OperationId};
use crate::plan::reason::NameStep;
use crate::plan::rust::RustType;
use std::collections::HashMap;

/// What tells one set from another: its headers with their types.
type Key = Vec<(String, RustType)>;

/// Fills in [`Api::header_sets`] and [`Operation::headers`].
pub(super) fn name_header_sets(api: &mut Api, cases: &Cases) {
    let mut known: HashMap<Key, HeaderSetId> = HashMap::new();
    let mut sets: Vec<HeaderSet> = Vec::new();
    for (index, operation) in api.operations.iter_mut().enumerate() {
        let fields = fields(operation, cases);
        if fields.is_empty() {
            continue;
        }
        let key = fields
            .iter()
            .map(|field| (field.name.to_ascii_lowercase(), field.ty.clone()));
        let id = *known.entry(key.collect()).or_insert_with(|| {
            sets.push(HeaderSet {
                ident: Default::default(),
                fields,
                operations: Vec::new(),
            });
            HeaderSetId(sets.len() - 1)
        });
        operation.headers = Some(id);
        if let Some(set) = sets.get_mut(id.0) {
            set.operations.push(OperationId(index));
        }
    }
    let mut scope = Scope::default();
    for set in &mut sets {
        let wish = match set.operations.as_slice() {
            [only] => api[*only].request.word().to_owned(),
            _ => cases.pascal(&common_words(&set.fields)),
        };
        set.ident = scope.claim(&format!("{wish}Headers"), NameKind::Type, "AnswerHeaders");
    }
    api.header_sets = sets;
}

/// The headers of an operation's answers, each once: two answers may declare the same one.
fn fields(operation: &Operation, cases: &Cases) -> Vec<HeaderField> {
    let mut fields: Vec<HeaderField> = Vec::new();
    let mut names = Scope::default();
    for header in operation.answer_headers() {
        let is_same = |known: &HeaderField| known.name.eq_ignore_ascii_case(&header.name);
        if fields.iter().any(is_same) {
            continue;
        }
        let word = Word::from(&header.name)
            .change(NameStep::Spelled, spell)
            .change(NameStep::SnakeCase, |word| cases.snake(word));
        fields.push(HeaderField {
            ident: names.claim(word, NameKind::Value, "header"),
            name: header.name.clone(),
            ty: operation.header_type(&header.name),
            description: operation
                .header_description(&header.name)
                .map(str::to_owned),
        });
    }
    fields
}

/// The words with which all names of headers begin, without the `X-` that says nothing; "answer" where there are none.
fn common_words(fields: &[HeaderField]) -> String {
    let words = |field: &HeaderField| -> Vec<String> {
        let words = field.ident.word().split('_').map(str::to_owned);
        words.skip_while(|word| word == "x").collect()
    };
    let mut common = fields.first().map(words).unwrap_or_default();
    for field in fields {
        let same = common.iter().zip(words(field));
        let count = same.take_while(|(a, b)| *a == b).count();
        common.truncate(count);
    }
    match common.is_empty() {
        true => "answer".to_owned(),
        false => common.join(" "),
    }
}
