//! Finds the texts that are missing, and those that say no more than the name of what they are about.

use super::Finding;
use super::said::Said;
use super::words::telling;

/// Finds them.
pub(super) fn find(all: &[Said<'_>]) -> Vec<Finding> {
    let faults = all.iter().filter_map(|said| {
        let message = match said.text {
            None if said.is_needed => format!("{} is missing: write what the name does not say", said.what),
            Some(text) if repeats(text, &said.name) => format!(
                "{} only repeats the name: say what the name does not, such as what it is for, whose it is, or which values it has",
                said.what
            ),
            _ => return None,
        };
        Some(Finding::new(said.pointer.clone(), message))
    });
    faults.collect()
}

/// Whether a text has no word that the name has not.
fn repeats(text: &str, name: &str) -> bool {
    let known = telling(name);
    !name.is_empty() && telling(text).iter().all(|word| known.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::{facts_of, facts_of_document, messages, said::gather};
    use super::{find, repeats};

    #[test]
    fn a_text_that_only_repeats_the_name_says_nothing() {
        assert!(repeats("The ID of the role.", "roleId"));
        assert!(repeats("Id.", "id"));
        assert!(repeats("Lists roles", "listRoles"));
        assert!(!repeats("Id of the role.", "id"));
        assert!(!repeats(
            "Whether the role can be asked for.",
            "requestable"
        ));
    }

    #[test]
    fn a_property_wants_a_text_also_beside_a_reference() {
        let facts = facts_of(
            "    Pet:\n      description: An animal that somebody keeps.\n      type: object\n      properties:\n        \
             name: {type: string}\n        owner: {$ref: '#/components/schemas/Owner'}\n        keeper: {$ref: '#/components/schemas/Owner', description: Who feeds it.}\n    \
             Owner: {type: object, description: '', properties: {all: {type: array, description: Whom they know., items: {type: object, properties: {}}}}}\n",
        );
        let found = find(&gather(&facts));
        let found = messages(&found);
        assert!(
            found
                .iter()
                .any(|said| said.starts_with("the description of the property `name` is missing"))
        );
        assert!(found.iter().any(|said| said.starts_with(
            "the description of the property `owner`, beside its `$ref`, is missing"
        )));
        assert!(
            found
                .iter()
                .any(|said| said.starts_with("the description of the schema `Owner` is missing"))
        );
        assert!(!found.iter().any(|said| said.contains("`keeper`")));
    }

    #[test]
    fn operations_and_their_parts_want_texts() {
        let facts = facts_of_document(
            "paths:\n  /pets:\n    post:\n      operationId: addPet\n      tags: [Pets]\n      summary: Add a pet\n      description: Adds the pet.\n      parameters: [{name: age, in: query, schema: {type: integer}}]\n      \
             requestBody: {content: {application/json: {schema: {type: string}}}}\n      responses: {'200': {description: ''}}\n",
        );
        let found = find(&gather(&facts));
        for part in [
            "tag `Pets`",
            "description of `addPet` only",
            "parameter `age`",
            "request body of `addPet`",
            "response 200 of `addPet`",
        ] {
            assert!(
                found.iter().any(|one| one.message.contains(part)),
                "{part}: {found:#?}"
            );
        }
        assert!(!found.iter().any(|one| one.message.contains("summary of")));
    }
}
