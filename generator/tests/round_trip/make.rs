//! Makes values of schemas from what the document says: as little as is required, as much as there is, or as chance has it.

use super::scalars;
use super::view::{Member, Schemas, additional, is_surely_required, properties, required};
use sdk_generator::facts::{Schema, SchemaId, SchemaType};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// How deep everything is made, and how deep what is required is.
const MAX_DEPTH: usize = 5;
const MAX_REQUIRED_DEPTH: usize = 40;
/// How many values one sample holds.
const MAX_NODES: usize = 400;

/// How much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Least,
    All,
    Random,
}

/// What is chosen at the top of a sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Focus {
    /// This member is null.
    pub(crate) null: Option<String>,
    /// The place among the values of an enum.
    pub(crate) value: usize,
    /// The place among the members of a choice.
    pub(crate) member: usize,
    /// The properties of a base alone, of none of its family.
    pub(crate) base: bool,
}

/// A step into a value, and whether a value that cannot be read may be left out there.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) optional: bool,
    /// Whether it is a member that has to be there.
    pub(crate) required: bool,
    /// Whether the document says that it has to be there, and the type may say otherwise.
    pub(crate) unsure: bool,
}

/// A place of a sample, for something wrong to be planted in.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) steps: Vec<Step>,
    pub(crate) seeds: Vec<SchemaId>,
}

pub(crate) struct Maker<'s, 'f> {
    schemas: &'s Schemas<'f>,
    extent: Extent,
    focus: Focus,
    random: fastrand::Rng,
    nodes: usize,
    steps: Vec<Step>,
    /// How many choices stand around what is made that no property tells.
    choices: usize,
    /// The places that no such choice stands around.
    pub(crate) places: Vec<Place>,
    /// What was chosen at the top.
    pub(crate) chosen: Vec<SchemaId>,
}

impl<'s, 'f> Maker<'s, 'f> {
    pub(crate) fn new(schemas: &'s Schemas<'f>, extent: Extent, focus: Focus, seed: u64) -> Self {
        Self {
            schemas,
            extent,
            focus,
            random: fastrand::Rng::with_seed(seed),
            nodes: MAX_NODES,
            steps: Vec::new(),
            choices: 0,
            places: Vec::new(),
            chosen: Vec::new(),
        }
    }

    /// A value of these schemas; `None` where they have none, or none that ends.
    pub(crate) fn make(&mut self, seeds: &[SchemaId]) -> Option<Value> {
        let depth = self.steps.len();
        if depth > MAX_REQUIRED_DEPTH || self.nodes == 0 {
            return None;
        }
        self.nodes -= 1;
        let mut tags = Map::new();
        let before = self.choices;
        let schemas = self.choose(seeds, &mut tags)?;
        if self.schemas.contradict(&schemas) {
            self.choices = before;
            return None;
        }
        if self.choices == 0 && tags.is_empty() {
            self.places.push(Place {
                steps: self.steps.clone(),
                seeds: seeds.to_vec(),
            });
        }
        let value = self.make_of(&schemas, &tags);
        self.choices = before;
        value
    }

    /// Decides every choice, and gives all schemas that the value then has to meet.
    fn choose(
        &mut self,
        seeds: &[SchemaId],
        tags: &mut Map<String, Value>,
    ) -> Option<Vec<&'f Schema>> {
        let mut seeds = seeds.to_vec();
        let mut decided: HashSet<SchemaId> = HashSet::new();
        loop {
            let schemas = self.schemas.gather(&seeds);
            let next = schemas.iter().find(|schema| {
                !decided.contains(&schema.id) && !self.schemas.choices(schema).is_empty()
            });
            let Some(next) = next else {
                return Some(schemas);
            };
            decided.insert(next.id);
            let is_family = next.one_of.is_empty() && next.any_of.is_empty();
            if is_family && self.focus.base && self.steps.is_empty() {
                continue;
            }
            for members in self.schemas.choices(next) {
                let is_there =
                    |member: &&Member| schemas.iter().position(|known| known.id == member.schema);
                // What is already met is chosen; the one that stands first is made of the others.
                let there = members.iter().filter(|member| is_there(member).is_some());
                let member = match there.min_by_key(|member| is_there(member)) {
                    Some(member) => member.clone(),
                    None => self.pick(&members)?,
                };
                // Told which it is, a value is that member, whatever else is wrong with it.
                let is_told = members.iter().all(|member| member.tag.is_some())
                    && !self.schemas.has_heirs(member.schema);
                self.choices += usize::from(!is_told);
                if self.steps.is_empty() {
                    self.chosen.push(member.schema);
                }
                if let Some((property, value)) = member.tag {
                    tags.entry(property).or_insert(Value::String(value));
                }
                seeds.push(member.schema);
            }
        }
    }

    fn pick(&mut self, members: &[Member]) -> Option<Member> {
        let index = match (self.steps.is_empty(), self.extent) {
            (true, _) => self.focus.member,
            (false, Extent::Random) => self.random.usize(..),
            // What holds itself ends somewhere: another member is as good.
            (false, _) => self.steps.len().saturating_sub(1) / 2,
        };
        members.get(index % members.len().max(1)).cloned()
    }

    fn make_of(&mut self, schemas: &[&'f Schema], tags: &Map<String, Value>) -> Option<Value> {
        let enums = schemas
            .iter()
            .filter(|schema| !schema.enum_values.is_empty());
        let enums: Vec<&Vec<Value>> = enums.map(|schema| &schema.enum_values).collect();
        if let Some((first, rest)) = enums.split_first() {
            let is_value = |value: &&Value| {
                !value.is_null() && rest.iter().all(|values| values.contains(value))
            };
            let values: Vec<&Value> = first.iter().filter(is_value).collect();
            let index = match (self.steps.is_empty(), self.extent) {
                (true, _) => self.focus.value,
                (false, Extent::Random) => self.random.usize(..),
                (false, _) => 0,
            };
            return values.get(index % values.len().max(1)).copied().cloned();
        }
        let format = schemas.iter().find_map(|schema| schema.format.as_deref());
        let format = format.or_else(|| {
            let encoding = |schema: &&'f Schema| schema.later()?.content_encoding.as_deref();
            schemas.iter().find_map(encoding)
        });
        let chance = (self.extent == Extent::Random).then_some(&mut self.random);
        match self.schemas.kind(schemas) {
            None if tags.is_empty() => Some(scalars::anything(chance)),
            None | Some(SchemaType::Object) => self.make_object(schemas, tags),
            Some(SchemaType::Array) => self.make_list(schemas),
            Some(scalar) => Some(scalars::make(scalar, format.unwrap_or_default(), chance)),
        }
    }

    fn make_list(&mut self, schemas: &[&'f Schema]) -> Option<Value> {
        let prefix = schemas.iter().find_map(|schema| {
            let prefix = &schema.later()?.prefix_items;
            (!prefix.is_empty()).then_some(prefix)
        });
        if let Some(prefix) = prefix {
            let items = prefix
                .iter()
                .enumerate()
                .map(|(index, used)| self.step_into(index.to_string(), false, &[used.schema?]));
            return items.collect();
        }
        let items = schemas
            .iter()
            .filter_map(|schema| schema.items.as_ref()?.schema);
        let items: Vec<SchemaId> = items.collect();
        let least = schemas
            .iter()
            .filter_map(|schema| schema.limits().min_items);
        let least = least.max().unwrap_or(0).min(3);
        let count = match self.extent {
            _ if self.steps.len() >= MAX_DEPTH => least,
            Extent::Least => least,
            Extent::All => 2.max(least),
            Extent::Random => self.random.usize(..4).max(least),
        };
        let mut list: Vec<Value> = Vec::new();
        for index in 0..count {
            // A list of what never ends is empty.
            let Some(item) = self.step_into(index.to_string(), true, &items) else {
                break;
            };
            list.push(item);
        }
        if self.extent == Extent::All && !items.is_empty() && self.schemas.is_nullable(&items) {
            list.push(Value::Null);
        }
        Some(Value::Array(list))
    }

    fn make_object(&mut self, schemas: &[&'f Schema], tags: &Map<String, Value>) -> Option<Value> {
        let mut known = properties(schemas);
        for branch in schemas.iter().filter_map(|schema| schema.later()) {
            let branches = branch.then_schema.iter().chain(&branch.else_schema);
            let ids: Vec<SchemaId> = branches.filter_map(|used| used.schema).collect();
            for (name, seeds) in properties(&self.schemas.gather(&ids)) {
                known.entry(name).or_insert(seeds);
            }
        }
        let required = required(schemas);
        let is_top = self.steps.is_empty();
        let beyond = additional(schemas);
        let mut members = Map::new();
        for name in required.iter().filter(|name| !known.contains_key(*name)) {
            let value = match beyond {
                Some(Some(id)) => self.step_into(name.clone(), false, &[id])?,
                _ => json!("text"),
            };
            members.insert(name.clone(), value);
        }
        for (name, seeds) in &known {
            let is_required = required.contains(name);
            if let Some(tag) = tags.get(name) {
                let value = self.tag_value(tag, seeds);
                members.insert(name.clone(), value);
                continue;
            }
            let is_null = is_top && self.focus.null.as_ref() == Some(name);
            let by_chance = self.extent == Extent::Random && self.random.u8(..5) == 0;
            if is_null || (by_chance && self.schemas.is_nullable(seeds)) {
                members.insert(name.clone(), Value::Null);
                continue;
            }
            let is_made = is_required
                || match self.extent {
                    Extent::Least => false,
                    Extent::All => self.steps.len() < MAX_DEPTH,
                    Extent::Random => self.steps.len() < MAX_DEPTH && self.random.bool(),
                };
            if is_made {
                let of = self.schemas.gather(seeds);
                let step = Step {
                    name: name.clone(),
                    optional: !is_required,
                    required: is_required,
                    unsure: is_required && !is_surely_required(schemas, name, &of),
                };
                match self.step(step, seeds) {
                    Some(value) => drop(members.insert(name.clone(), value)),
                    None if is_required => return None,
                    None => {}
                }
            }
        }
        for (name, tag) in tags {
            members.entry(name.clone()).or_insert_with(|| tag.clone());
        }
        if let (Some(beyond), false) = (beyond, self.extent == Extent::Least)
            && self.steps.len() < MAX_DEPTH
        {
            let seeds: Vec<SchemaId> = beyond.into_iter().collect();
            let own = self.step_into("other/key~".to_owned(), true, &seeds);
            members.extend(own.map(|value| ("other/key~".to_owned(), value)));
        }
        self.add_dependent(schemas, &mut members);
        Some(Value::Object(members))
    }

    /// What `dependentRequired` asks for beside what is there.
    fn add_dependent(&mut self, schemas: &[&'f Schema], members: &mut Map<String, Value>) {
        for later in schemas.iter().filter_map(|schema| schema.later()) {
            for (name, others) in &later.dependent_required {
                if members.contains_key(name) {
                    for other in others {
                        members
                            .entry(other.clone())
                            .or_insert_with(|| json!("text"));
                    }
                }
            }
        }
    }

    /// A tag as its property has it: a number where the property takes no text.
    fn tag_value(&self, tag: &Value, seeds: &[SchemaId]) -> Value {
        let schemas = self.schemas.gather(seeds);
        let is_number = matches!(
            self.schemas.kind(&schemas),
            Some(SchemaType::Integer | SchemaType::Number)
        );
        let number = tag.as_str().and_then(|text| text.parse::<i64>().ok());
        number
            .filter(|_| is_number)
            .map_or(tag.clone(), Value::from)
    }

    fn step_into(&mut self, name: String, optional: bool, seeds: &[SchemaId]) -> Option<Value> {
        let step = Step {
            name,
            optional,
            required: false,
            unsure: false,
        };
        self.step(step, seeds)
    }

    fn step(&mut self, step: Step, seeds: &[SchemaId]) -> Option<Value> {
        self.steps.push(step);
        let value = self.make(seeds);
        self.steps.pop();
        value
    }
}
