//! Operations that texts speak of: takes the named plan, gives its texts with the method where the document has an operationId in
//! code. A caller of the crate knows `roles().create_role`; what the document calls it stands nowhere in the code that they see.

use super::model::{Api, Operation, Shape, TagId, TypeDef};
use std::collections::{HashMap, HashSet};

/// A method, and the group that it belongs to.
struct Method {
    tag: TagId,
    group: String,
    name: String,
}

/// The methods by operationId.
struct Methods(HashMap<String, Method>);

/// Names the method wherever a text has the operationId of one as code.
pub(super) fn name_methods(api: &mut Api) {
    let others = other_names(api);
    let operations = api.operations.iter();
    let methods = operations
        .filter(|operation| is_name(&operation.id) && !others.contains(operation.id.as_str()))
        .map(|operation| {
            let group = api.tags.get(operation.tag.0).map(|tag| &tag.module);
            let method = Method {
                tag: operation.tag,
                group: group.map_or_else(String::new, |group| format!("{group}().")),
                name: operation.ident.to_string(),
            };
            (operation.id.clone(), method)
        });
    let methods = Methods(methods.collect());
    methods.name_in(&mut api.description, None);
    for (place, tag) in api.tags.iter_mut().enumerate() {
        methods.name_in(&mut tag.description, Some(TagId(place)));
    }
    for operation in &mut api.operations {
        methods.name_in_operation(operation);
    }
    for set in &mut api.header_sets {
        for field in &mut set.fields {
            methods.name_in(&mut field.description, None);
        }
    }
    for (_, def) in api.types.iter_mut() {
        methods.name_in_type(def);
    }
}

/// Whether a word in code is no plain word: `list` may be anything.
fn is_name(id: &str) -> bool {
    let mut rest = id.chars().skip(1);
    rest.any(|c| c.is_uppercase() || c == '_' || c == '-')
}

/// What else a word in code can be the name of: a schema, a property, a parameter, a header, or a value.
fn other_names(api: &Api) -> HashSet<&str> {
    let mut names = HashSet::new();
    for operation in &api.operations {
        let parameters = operation.parameters.iter();
        names.extend(parameters.map(|parameter| parameter.wire.as_str()));
        let headers = operation
            .responses
            .iter()
            .flat_map(|answer| &answer.headers);
        names.extend(headers.map(|header| header.name.as_str()));
    }
    for (_, def) in api.types.iter() {
        names.insert(&def.name);
        match &def.shape {
            Shape::Struct(object) => {
                names.extend(object.fields.iter().map(|field| field.wire.as_str()));
            }
            Shape::Enum(of) => names.extend(of.values.iter().filter_map(|one| one.value.as_str())),
            Shape::Union(union) => {
                let tags = union.variants.iter().flat_map(|variant| &variant.tags);
                names.extend(tags.map(String::as_str));
            }
            Shape::Alias(_) => {}
        }
    }
    names
}

impl Methods {
    fn name_in_operation(&self, operation: &mut Operation) {
        let home = Some(operation.tag);
        self.name_in(&mut operation.summary, home);
        self.name_in(&mut operation.description, home);
        for parameter in &mut operation.parameters {
            self.name_in(&mut parameter.description, home);
        }
        if let Some(body) = &mut operation.body {
            self.name_in(&mut body.description, home);
        }
        for response in &mut operation.responses {
            self.name_in_text(&mut response.description, home);
            for header in &mut response.headers {
                self.name_in(&mut header.description, home);
            }
        }
    }

    fn name_in_type(&self, def: &mut TypeDef) {
        self.name_in(&mut def.description, None);
        match &mut def.shape {
            Shape::Struct(object) => {
                for field in &mut object.fields {
                    self.name_in(&mut field.description, None);
                }
            }
            Shape::Enum(of) => {
                for value in &mut of.values {
                    self.name_in(&mut value.description, None);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    self.name_in(&mut variant.description, None);
                }
            }
            Shape::Alias(_) => {}
        }
    }

    fn name_in(&self, text: &mut Option<String>, home: Option<TagId>) {
        if let Some(text) = text {
            self.name_in_text(text, home);
        }
    }

    /// Names methods in a text about the group `home`, whose own methods need no more than their names.
    fn name_in_text(&self, text: &mut String, home: Option<TagId>) {
        if self.0.is_empty() || !text.contains('`') {
            return;
        }
        let mut named = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, code, after)) = split_at_code(rest) {
            let fence = code.len() - code.trim_start_matches('`').len();
            let inner = code.get(fence..code.len() - fence).unwrap_or_default();
            named.push_str(before);
            match self.0.get(inner) {
                Some(method) if fence == 1 => {
                    let group = match home == Some(method.tag) {
                        true => "",
                        false => &method.group,
                    };
                    named.extend(["`", group, &method.name, "`"]);
                }
                _ => named.push_str(code),
            }
            rest = after;
        }
        named.push_str(rest);
        *text = named;
    }
}

/// A text up to its first piece of code, the code with its backticks (CommonMark, 6.1), and what follows. Code does not go beyond
/// its paragraph.
fn split_at_code(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('`')?;
        let opened = text.get(start..)?;
        let fence = opened.len() - opened.trim_start_matches('`').len();
        let before = text.get(..start)?;
        let slashes = before.len() - before.trim_end_matches('\\').len();
        if slashes % 2 == 1 {
            from = start + 1;
            continue;
        }
        let end = opened.find("\n\n").unwrap_or(opened.len());
        match closing(opened.get(..end)?, fence) {
            Some(end) => {
                let (code, after) = opened.split_at_checked(end)?;
                return Some((text.get(..start)?, code, after));
            }
            None => from = start + fence,
        }
    }
}

/// Where code ends that is opened with so many backticks: behind the next run of as many.
fn closing(opened: &str, fence: usize) -> Option<usize> {
    let mut at = fence;
    loop {
        let start = at + opened.get(at..)?.find('`')?;
        let run = opened.get(start..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        if length == fence {
            return Some(start + length);
        }
        at = start + length;
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, Methods, TagId};

    fn named(text: &str, home: Option<TagId>) -> String {
        let method = Method {
            tag: TagId(1),
            group: "roles().".to_owned(),
            name: "list_roles".to_owned(),
        };
        let mut named = text.to_owned();
        Methods([("listRoles".to_owned(), method)].into()).name_in_text(&mut named, home);
        named
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(named(text, None), expected);
    }

    #[test]
    fn a_method_of_the_same_group_is_called_by_its_name() {
        assert_eq!(named("`listRoles`", Some(TagId(1))), "`list_roles`");
        assert_eq!(named("`listRoles`", Some(TagId(2))), "`roles().list_roles`");
    }

    #[test]
    fn an_operation_in_code_is_called_by_its_method() {
        check("Use `listRoles` first.", "Use `roles().list_roles` first.");
        check(
            "`listRoles`, `x` and `listRoles`",
            "`roles().list_roles`, `x` and `roles().list_roles`",
        );
    }

    #[test]
    fn code_ends_with_its_paragraph() {
        check(
            "A stray ` here.\n\nUse `listRoles`.",
            "A stray ` here.\n\nUse `roles().list_roles`.",
        );
        check("\\\\`listRoles`", "\\\\`roles().list_roles`");
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "listRoles",
            "`listRoles",
            "``listRoles``",
            "\\`listRoles`",
            "`GET /listRoles`",
            "```\nlistRoles\n```",
            "` listRoles `",
            "`` ` `` and `é`",
        ] {
            check(text, text);
        }
    }
}
