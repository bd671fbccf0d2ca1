//! The samples of a type: what is made of its schema, and what has to come of it.

use super::documents::{Model, Subject};
use super::make::{Extent, Focus, Maker, Place};
use super::valid;
use super::view::{Schemas, properties};
use sdk_generator::facts::SchemaId;
use sdk_generator::plan::model::{Shape, Union, Variant};
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
    /// A value whose `Debug` does not show what was planted.
    Hidden,
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
        let schemas = self.schemas;
        let mut lines: Vec<_> = chosen.iter().map(|id| schemas.gather(&[*id])).collect();
        // What is made of the most is the most derived.
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        let first = lines.iter().filter_map(|line| line.first());
        let mut made = first.chain(lines.iter().flatten()).map(|schema| schema.id);
        let found = made.find_map(|id| {
            let mut variants = union.variants.iter();
            variants.find(|variant| variant.origin.schema == Some(id))
        });
        let Some(found) = found else {
            self.made
                .ambiguous
                .push(format!("no variant is known for {value}"));
            return None;
        };
        let told = union.tag.as_ref().and_then(|tag| value.get(tag.as_str()));
        let told = told.map(|told| told.as_str().map_or(told.to_string(), str::to_owned));
        let is_told =
            |variant: &&Variant| variant.tags.iter().any(|tag| Some(tag) == told.as_ref());
        let mut untagged = union
            .variants
            .iter()
            .filter(|variant| variant.tags.is_empty());
        let is_rest = found.tags.is_empty() && untagged.by_ref().count() == 1;
        let is_certain = match union.variants.iter().find(is_told) {
            Some(variant) => variant.ident == found.ident,
            None => told.is_some() && is_rest,
        };
        let others = union
            .variants
            .iter()
            .filter(|other| other.ident != found.ident);
        let others: Vec<SchemaId> = others.filter_map(|other| other.origin.schema).collect();
        let is_valid = |other: &SchemaId| valid::check(schemas, &[*other], value).is_ok();
        let is_whole = |other: &SchemaId| valid::is_whole(schemas, &[*other], value);
        if is_certain || !others.iter().any(is_valid) || !others.iter().any(is_whole) {
            return Some(found.ident.as_str().to_owned());
        }
        self.made.ambiguous.push(value.to_string());
        None
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
