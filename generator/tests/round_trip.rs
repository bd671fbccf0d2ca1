//! The round trip: every type of every fixture and document of `tests/shipped/` reads what its schema allows and writes the same, and tells of
//! what its schema does not allow.
//!
//! The samples are made from the facts of a document, by code that knows nothing of how types are planned; the plan says only which
//! schema a type was made of. One program reads them all through the types as they are emitted now.

mod common;

#[path = "round_trip/documents.rs"]
mod documents;
#[path = "round_trip/make.rs"]
mod make;
#[path = "round_trip/plant.rs"]
mod plant;
#[path = "round_trip/program.rs"]
mod program;
#[path = "round_trip/samples.rs"]
mod samples;
#[path = "round_trip/scalars.rs"]
mod scalars;
#[path = "round_trip/secrets.rs"]
mod secrets;
#[path = "round_trip/valid.rs"]
mod valid;
#[path = "round_trip/view.rs"]
mod view;

use program::Answer;
use samples::{Expected, Sample};
use view::Schemas;

/// How many faults are shown.
const SHOWN: usize = 60;

#[test]
fn every_type_reads_and_writes_what_its_schema_allows() {
    let subjects = documents::all();
    let mut samples: Vec<Sample> = Vec::new();
    let mut ambiguous: Vec<String> = Vec::new();
    let (mut types, mut without, mut others) = (0, 0, 0);
    for subject in &subjects {
        let schemas = Schemas::new(&subject.facts);
        let (models, not_json) = subject.models();
        others += not_json;
        for model in &models {
            let made = samples::of(subject, &schemas, model);
            types += 1;
            without += usize::from(made.samples.is_empty());
            let name = model.name();
            ambiguous.extend(
                made.ambiguous
                    .iter()
                    .map(|how| format!("{}::{name}: {how}", subject.library)),
            );
            samples.extend(made.samples);
            if let Some((whole, places)) = &made.all {
                samples.extend(samples::with_unknown(subject, model, whole));
                samples.extend(plant::of(subject, &schemas, model, whole, places));
                samples.extend(secrets::of(subject, &schemas, model, whole, places));
            }
        }
    }
    let answers = program::run(&subjects, &samples);
    assert_eq!(answers.len(), samples.len());
    let faults: Vec<String> = samples
        .iter()
        .zip(&answers)
        .filter_map(|(sample, answer)| {
            let fault = fault(sample, answer)?;
            Some(format!(
                "{}::{} ({}): {fault}\n    {}\n    {}\n    {}",
                sample.library,
                sample.ty,
                sample.how,
                sample.value,
                answer
                    .strict
                    .value
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                answer.strict.message,
            ))
        })
        .collect();
    let of =
        |is: fn(&Expected) -> bool| samples.iter().filter(|sample| is(&sample.expected)).count();
    println!(
        "{} documents, {types} types ({without} of them without a value that ends), {others} types that are no JSON;\n{} samples as documented ({} with a variant to be met, {} that may be several), {} to be told of, {} to be refused, {} with secrets to be hidden; {} of {} as they should be",
        subjects.len(),
        of(|expected| matches!(expected, Expected::Same { .. })),
        of(|expected| matches!(expected, Expected::Same { variant: Some(_) })),
        ambiguous.len(),
        of(|expected| matches!(expected, Expected::Told { .. })),
        of(|expected| matches!(expected, Expected::Refused { .. })),
        of(|expected| *expected == Expected::Hidden),
        samples.len() - faults.len(),
        samples.len(),
    );
    for line in &ambiguous {
        println!("may be several: {line}");
    }
    assert!(
        faults.is_empty(),
        "{} of {} samples:\n{}",
        faults.len(),
        samples.len(),
        faults
            .iter()
            .take(SHOWN)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

/// What is wrong with what came of a sample.
fn fault(sample: &Sample, answer: &Answer) -> Option<String> {
    let strict = &answer.strict;
    match &sample.expected {
        Expected::Same { variant } => {
            if let Some(pointer) = &strict.pointer {
                return Some(format!("refused at `{pointer}`"));
            }
            if !strict.deviations.is_empty() {
                return Some(format!("told of {:?}", strict.deviations));
            }
            if !strict.same {
                return Some("not the same".to_owned());
            }
            let wanted = variant.as_ref()?;
            (*wanted != strict.variant).then(|| format!("`{}` for `{wanted}`", strict.variant))
        }
        Expected::Told { pointer } => match (&strict.pointer, strict.deviations.as_slice()) {
            (Some(at), _) => Some(format!("refused at `{at}`")),
            (None, [only]) if only == pointer => None,
            (None, told) => Some(format!("told of {told:?}")),
        },
        Expected::Hidden if answer.strict.shows || answer.lossy.shows => {
            Some("the secret is printed".to_owned())
        }
        Expected::Hidden => {
            let refused = strict.pointer.as_ref();
            refused.map(|pointer| format!("refused at `{pointer}`"))
        }
        Expected::Refused { pointer, rest } => {
            let lossy = &answer.lossy;
            if strict.pointer.as_ref() != Some(pointer) {
                return Some(format!("not refused there, but at {:?}", strict.pointer));
            }
            if lossy.value != *rest {
                return Some(format!("left {:?} for {rest:?}", lossy.value));
            }
            let is_told = rest.is_none() || lossy.deviations == [pointer.as_str()];
            (!is_told).then(|| format!("left out, told of {:?}", lossy.deviations))
        }
    }
}
