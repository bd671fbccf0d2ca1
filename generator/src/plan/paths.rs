//! Takes nodes of the plan, gives the paths by which Rust code names them, from the root of the emitted crate.

use super::Plan;
use super::model::{Operation, TypeDef};

impl Plan {
    /// The path of a model, such as `models::MfaDuoConfig`.
    pub fn type_path(&self, def: &TypeDef) -> String {
        format!("models::{}", def.ident)
    }

    /// The path of the method of an operation, such as `api::mfa_configuration::MfaConfiguration::test_mfa_config`.
    pub fn method_path(&self, operation: &Operation) -> String {
        let tag = self.tag(operation.tag);
        format!("api::{}::{}::{}", tag.module, tag.api, operation.ident)
    }

    /// How callers get at the method of an operation, such as `Client::mfa_configuration().test_mfa_config`.
    pub fn method_call(&self, operation: &Operation) -> String {
        let tag = self.tag(operation.tag);
        format!("Client::{}().{}", tag.module, operation.ident)
    }

    /// The file that holds the method of an operation.
    pub fn method_file(&self, operation: &Operation) -> String {
        format!("src/api/{}.rs", self.tag(operation.tag).module.word())
    }
}
