//! The samples of a type: what is made of its schema, and what has to come of it.

use super::documents::{Model, Subject};
use super::make::{Extent, Focus, Maker, Place};
use super::valid;
use super::view::{Schemas, properties};
use sdk_generator::facts::SchemaId;
use sdk_generator::plan::model::{Shape, Union};
use serde_json::{Value, json};

/// How many samples of one type there are at most, and how many of them are made by chance.
const MAX_SAMPLES: usize = 60;
const BY_CHANCE: u64 = 4;

/// What has to come of a sample.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    /// The same, without anything to tell; of this variant where it is known.
    Same { variant: Option<String> },
    /// A value, and one thing to tell, which is about this place.
    Told { pointer: String },
    /// No value for what stands at this place; leaving out the smallest thing around it gives this.
    Refused {
        pointer: String,
        rest: Option<Value>,
    },
}

/// JSON that is read as a type.
pub(crate) struct Sample {
    pub(crate) library: String,
    pub(crate) ty: String,
    pub(crate) value: Value,
    /// How it was made.
    pub(crate) how: String,
    pub(crate) expected: Expected,
}

/// The samples of a type, what everything that it has is made of, and those of which nothing tells what they are.
pub(crate) struct Samples {
    pub(crate) samples: Vec<Sample>,
    pub(crate) all: Option<(Value, Vec<Place>)>,
    /// Those of a union that may be several of its variants, by how they were made.
    pub(crate) ambiguous: Vec<String>,
}

struct Collector<'s, 'f> {
    subject: &'s Subject,
    schemas: &'s Schemas<'f>,
    model: &'s Model<'s>,
    made: Samples,
}

/// Everything that has to come out as it goes in.
pub(crate) fn of(subject: &Subject, schemas: &Schemas<'_>, model: &Model<'_>) -> Samples {
    let mut collector = Collector {
        subject,
        schemas,
        model,
        made: Samples {
            samples: Vec::new(),
            all: None,
            ambiguous: Vec::new(),
        },
    };
    collector.collect();
    collector.made
}

impl Collector<'_, '_> {
    fn collect(&mut self) {
        let focus = Focus {
            base: self.model.is_base(),
            ..Focus::default()
        };
        self.add(Extent::All, focus.clone(), 0, "all members");
        self.add(Extent::Least, focus.clone(), 0, "what is required");
        for seed in 1..=BY_CHANCE {
            self.add(
                Extent::Random,
                focus.clone(),
                seed,
                &format!("chance {seed}"),
            );
        }
        let gathered = self.schemas.gather(&[self.model.schema]);
        let values = gathered
            .iter()
            .map(|schema| schema.enum_values.len())
            .max()
            .unwrap_or(0);
        for value in 1..values {
            let focus = Focus {
                value,
                ..focus.clone()
            };
            self.add(Extent::Least, focus, 0, &format!("value {value}"));
        }
        let members = self.count_members();
        for member in 1..members {
            let focus = Focus {
                member,
                ..focus.clone()
            };
            self.add(Extent::All, focus.clone(), 0, &format!("member {member}"));
            self.add(
                Extent::Least,
                focus.clone(),
                0,
                &format!("member {member}, least"),
            );
            self.add(
                Extent::Random,
                focus,
                9,
                &format!("member {member}, chance"),
            );
        }
        for (name, seeds) in properties(&gathered) {
            if self.schemas.is_nullable(&seeds) {
                let focus = Focus {
                    null: Some(name.clone()),
                    ..focus.clone()
                };
                self.add(Extent::Least, focus, 0, &format!("`{name}` null"));
            }
        }
    }

    /// How many members the choices at the top have, those within members included.
    fn count_members(&self) -> usize {
        let mut seen: Vec<SchemaId> = Vec::new();
        let mut open = vec![self.model.schema];
        let mut most = 0;
        while let Some(id) = open.pop() {
            if seen.contains(&id) || seen.len() > MAX_SAMPLES {
                continue;
            }
            seen.push(id);
            for schema in self.schemas.gather(&[id]) {
                for members in self.schemas.choices(schema) {
                    most = most.max(members.len());
                    open.extend(members.iter().map(|member| member.schema));
                }
            }
        }
        most.min(MAX_SAMPLES / 3)
    }

    fn add(&mut self, extent: Extent, focus: Focus, seed: u64, how: &str) {
        if self.made.samples.len() >= MAX_SAMPLES {
            return;
        }
        let mut maker = Maker::new(self.schemas, extent, focus, seed);
        let Some(value) = maker.make(&[self.model.schema]) else {
            return;
        };
        let fits = match &self.model.def.shape {
            // Texts that stand together in a union are a type of their own.
            Shape::Enum(of) => {
                of.values
                    .iter()
                    .any(|known| known.value.is_string() == value.is_string())
                    && !value.is_object()
                    && !value.is_array()
            }
            _ => true,
        };
        let is_known = self.made.samples.iter().any(|sample| sample.value == value);
        if !fits || is_known {
            return;
        }
        let variant = match &self.model.def.shape {
            Shape::Union(union) => self.variant(union, &value, &maker.chosen),
            _ => None,
        };
        if how == "all members" {
            self.made.all = Some((value.clone(), maker.places));
        }
        self.made.samples.push(Sample {
            library: self.subject.library.clone(),
            ty: self.model.name().to_owned(),
            value,
            how: how.to_owned(),
            expected: Expected::Same { variant },
        });
    }

    /// The variant that a value was made as, unless it may be another one as well.
    fn variant(&mut self, union: &Union, value: &Value, chosen: &[SchemaId]) -> Option<String> {
        let is_chosen = |schema: Option<SchemaId>| schema.is_some_and(|id| chosen.contains(&id));
        let variants = union.variants.iter();
        let found: Vec<_> = variants
            .filter(|variant| is_chosen(variant.origin.schema))
            .collect();
        let told = union.tag.as_ref().and_then(|tag| value.get(tag.as_str()));
        let told =
            told.and_then(|told| told.as_str().map(str::to_owned).or(Some(told.to_string())));
        let others: Vec<SchemaId> = union
            .variants
            .iter()
            .filter(|variant| !is_chosen(variant.origin.schema))
            .filter_map(|variant| variant.origin.schema)
            .collect();
        let is_told = found
            .iter()
            .any(|variant| variant.tags.iter().any(|tag| Some(tag) == told.as_ref()));
        let is_apart = |holds: fn(&Schemas<'_>, &[SchemaId], &Value) -> bool| {
            !others
                .iter()
                .any(|other| holds(self.schemas, &[*other], value))
        };
        let is_valid = |schemas: &Schemas<'_>, seeds: &[SchemaId], value: &Value| {
            valid::check(schemas, seeds, value).is_ok()
        };
        match found.as_slice() {
            [only] if is_told || is_apart(is_valid) || is_apart(valid::is_whole) => {
                Some(only.ident.as_str().to_owned())
            }
            _ => {
                self.made
                    .ambiguous
                    .push(format!("{} variants of {value}", found.len()));
                None
            }
        }
    }
}

/// What an object that goes both ways has to keep.
pub(crate) fn with_unknown(subject: &Subject, model: &Model<'_>, value: &Value) -> Option<Sample> {
    if !model.def.keeps_unknown() {
        return None;
    }
    let mut value = value.clone();
    let unknown = json!({"a": [1, null, "b"], "c": 1.5});
    value
        .as_object_mut()?
        .insert("xNobodyKnows".to_owned(), unknown);
    Some(Sample {
        library: subject.library.clone(),
        ty: model.name().to_owned(),
        value,
        how: "a member that nobody knows".to_owned(),
        expected: Expected::Same { variant: None },
    })
}
