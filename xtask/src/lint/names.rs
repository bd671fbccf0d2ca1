//! Finds the types whose names say that the document gave none: takes the plan, gives each with what to do.

use super::Finding;
use super::words::split;
use sdk_generator::plan::Plan;
use sdk_generator::plan::model::{Shape, Type, TypeDef};
use sdk_generator::plan::reason::NameStep;
use std::collections::{BTreeMap, BTreeSet};

const FIX: &str = "give the schema a `title`, in UpperCamelCase and of at least two words, that says what it is, or make it a component; \
     where the document cannot say it, name it in `[names.schemas]` of target.toml";

/// Finds them, each once.
pub(super) fn find(plan: &Plan) -> Vec<Finding> {
    let types: Vec<&TypeDef> = plan
        .reached_types()
        .into_iter()
        .map(|(_, def)| def)
        .collect();
    let lists: BTreeSet<&str> = types
        .iter()
        .filter(|def| matches!(&def.shape, Shape::Alias(Type::Array(_))))
        .map(|def| def.ident.word())
        .collect();
    let holders = holders(plan, &types);
    let faults = types.iter().filter(|def| !def.joined).filter_map(|def| {
        let name = def.ident.word();
        let ours = is_ours(def);
        let why = match holders.get(name) {
            _ if let Some(why) = sign(name) => why.to_owned(),
            _ if is_item_of(name, &lists) => {
                "is the name of a list with `Item` behind it".to_owned()
            }
            Some(holder) if ours => format!("repeats the name of `{holder}`, in which it stands"),
            _ if ours && is_place(name) => {
                "is made of the name of the operation or list that it stands in".to_owned()
            }
            _ => return None,
        };
        Some(Finding::new(
            def.pointer.clone(),
            format!("the type `{name}` {why}: {FIX}"),
        ))
    });
    faults.collect()
}

/// Whether the document gives no name for a type, so that its place does.
fn is_ours(def: &TypeDef) -> bool {
    let mut steps = def.ident.reasons().steps();
    steps.any(|step| matches!(step, NameStep::Place | NameStep::WithinTitle))
}

/// The types whose whole name stands before that of a type within them. What stands at the very place of its holder is a part of it
/// that the generator makes, and no schema of its own.
fn holders<'p>(plan: &'p Plan, types: &[&'p TypeDef]) -> BTreeMap<&'p str, &'p str> {
    let mut holders = BTreeMap::new();
    for holder in types {
        for id in holder.parts().into_iter().flat_map(Type::named) {
            let part = plan.ty(id);
            let (name, begins) = (part.ident.word(), holder.ident.word());
            if name != begins && name.starts_with(begins) && part.pointer != holder.pointer {
                holders.entry(name).or_insert(begins);
            }
        }
    }
    holders
}

/// What in a name is a sign that a tool has made it, whoever wrote it down.
fn sign(name: &str) -> Option<&'static str> {
    let words = split(name);
    let is = |word: &str| words.last().is_some_and(|last| last == word);
    let digits = |text: &str| text.len() >= 3 && text.ends_with(|c: char| c.is_ascii_digit());
    if is_marked(name) {
        Some("has a mark behind it, since another type has the name")
    } else if name.ends_with(|c: char| c.is_ascii_digit()) {
        Some("ends in a digit")
    } else if is("inner") {
        Some("ends in `Inner`")
    } else if words.iter().any(|word| word == "dto" || word == "dtos") || name.contains("DTO") {
        Some("has `Dto` in it, which says how it is transported and not what it is")
    } else if name.strip_suffix("Response").is_some_and(digits) {
        Some("is called after a status")
    } else {
        None
    }
}

/// Whether a name ends in the mark that tells a type from others of its name, such as `X4A18`.
fn is_marked(name: &str) -> bool {
    let mark = name
        .len()
        .checked_sub(5)
        .and_then(|start| name.get(start..));
    mark.and_then(|mark| mark.strip_prefix('X'))
        .is_some_and(|mark| {
            mark.chars()
                .all(|c| c.is_ascii_digit() || ('A'..='F').contains(&c))
        })
}

fn is_item_of(name: &str, lists: &BTreeSet<&str>) -> bool {
    name.strip_suffix("Item")
        .is_some_and(|list| lists.contains(list))
}

/// Whether the last word of a name is one of those that places are told by.
fn is_place(name: &str) -> bool {
    ["Request", "Response", "Item", "Value", "Variant"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{find, sign};
    use sdk_generator::pipeline;

    #[test]
    fn names_of_tools_are_told() {
        for name in [
            "CampaignFilterX4A18",
            "Role2",
            "ConditionInner",
            "AccountDto",
            "AccountDTO",
            "RoleDtoList",
            "GetCampaigns200Response",
            "Create409Response",
        ] {
            assert!(sign(name).is_some(), "{name}");
        }
        for name in [
            "CampaignStatus",
            "WorkItem",
            "ApprovalResponse",
            "Base64Encode",
            "Dtonic",
        ] {
            assert_eq!(sign(name), None, "{name}");
        }
    }

    #[test]
    fn a_type_without_a_name_of_its_own_is_told_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("openapi.yaml");
        std::fs::write(
            &path,
            "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://example.com'}]\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      \
             responses:\n        '200':\n          description: Pets.\n          content:\n            application/json:\n              \
             schema: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      properties:\n        \
             owner: {type: object, properties: {age: {type: integer}}}\n        state: {title: PetState, type: string, enum: [asleep, awake]}\n        \
             kind: {title: KindOfPet, type: string, enum: [cat, dog]}\n",
        )
        .unwrap();
        let plan = pipeline::load(&path, &[])
            .read()
            .plan_freely()
            .value
            .unwrap();
        let found = find(&plan);
        let places: Vec<&str> = found.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(
            places,
            [
                "/paths/~1pets/get/responses/200/content/application~1json/schema",
                "/components/schemas/Pet/properties/owner",
            ]
        );
        assert!(found.last().unwrap().message.starts_with(
            "the type `PetOwner` repeats the name of `Pet`, in which it stands: give"
        ));
    }
}
