//! Why a method takes what it takes and gives what it gives.

use crate::plan::inputs::Input;
use crate::plan::model::{Credentials, ErrorSet, Location, Operation, OperationId, Outcome};
use crate::plan::{Auth, Plan};
use std::fmt;

/// Why an input is an argument of the method or a setter of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentReason {
    /// The path names it.
    InPath,
    /// It is required.
    Required,
    /// It may be left out.
    Optional,
}

impl Input<'_> {
    /// Why it is an argument or a setter.
    pub fn reason(&self) -> ArgumentReason {
        match self.parameter.map(|parameter| parameter.location) {
            Some(Location::Path) => ArgumentReason::InPath,
            _ if self.required => ArgumentReason::Required,
            _ => ArgumentReason::Optional,
        }
    }
}

impl fmt::Display for ArgumentReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InPath => "the path names it, so no call can do without it",
            Self::Required => "the document says `required: true`",
            Self::Optional => "the document does not require it",
        })
    }
}

/// Why a method gives what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerReason {
    /// No success has a body.
    Nothing,
    /// Every success has the same body.
    One,
    /// Some successes have this body, the others none.
    Optional,
    /// Bodies of successes differ.
    Several,
}

impl Operation {
    /// Why the method gives what it gives.
    pub fn answer_reason(&self) -> AnswerReason {
        match self.outcome() {
            Outcome::Nothing => AnswerReason::Nothing,
            Outcome::One(_) => AnswerReason::One,
            Outcome::Optional(_) => AnswerReason::Optional,
            Outcome::Several(_) => AnswerReason::Several,
        }
    }
}

impl Plan {
    /// Why an operation is called with the credentials that it is called with.
    pub fn credentials_reason(&self, operation: &Operation) -> CredentialsReason {
        match &operation.credentials {
            Credentials::Schemes(alternatives) if alternatives.iter().any(Vec::is_empty) => {
                CredentialsReason::OptionalAsked
            }
            Credentials::Schemes(_) => CredentialsReason::OthersAsked,
            _ if self.client.auth == Auth::None => CredentialsReason::NoScheme,
            Credentials::Anonymous => CredentialsReason::NothingAsked,
            Credentials::Basic => CredentialsReason::BasicAsked,
            Credentials::Client => CredentialsReason::ClientAsked,
        }
    }
}

impl fmt::Display for AnswerReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "no response of success has a body",
            Self::One => "every response of success has this body",
            Self::Optional => "some responses of success have this body, and the others have none",
            Self::Several => "the bodies of the responses of success differ, so the status decides",
        })
    }
}

/// Why refusals are read as the type that they are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorReason {
    /// The bodies agree with those that most operations have.
    Shared,
    /// The bodies contradict the shared ones.
    Own,
    /// The bodies contradict the shared ones in the same way as another operation's.
    SameAs(OperationId),
}

impl ErrorSet {
    /// Why an operation's refusals are read as this set.
    pub fn reason(&self, operation: OperationId) -> ErrorReason {
        match self.owner {
            None => ErrorReason::Shared,
            Some(owner) if owner == operation => ErrorReason::Own,
            Some(owner) => ErrorReason::SameAs(owner),
        }
    }
}

impl fmt::Display for ErrorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shared => {
                "its error bodies agree, status by status, with those that most operations have, so they share one type"
            }
            Self::Own => "its error bodies differ from those that other operations share",
            Self::SameAs(_) => {
                "its error bodies differ from those that most operations share, and agree with those of an operation before it"
            }
        })
    }
}

/// Why an operation is called with the credentials that it is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialsReason {
    /// The document has no scheme that a client can use.
    NoScheme,
    /// It asks for nothing.
    NothingAsked,
    /// It asks for HTTP Basic and not for the client's scheme.
    BasicAsked,
    /// The operation asks for other schemes than the client's, or for several, at once or as alternatives.
    OthersAsked,
    /// One of its alternatives is to ask for nothing.
    OptionalAsked,
    /// It asks for the client's scheme, or for one that the client has no other way to meet.
    ClientAsked,
}

impl fmt::Display for CredentialsReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoScheme => "the document has no security scheme that a client can use",
            Self::NothingAsked => "the operation has no security requirement",
            Self::OthersAsked => {
                "the operation's security asks for other schemes than the client's, or for several, of which the first alternative is taken that the client can meet"
            }
            Self::OptionalAsked => {
                "one alternative of the operation's security asks for nothing, so it is signed with the first of the others that the client can meet, if there is one"
            }
            Self::BasicAsked => {
                "the operation asks for HTTP Basic, and not for the scheme that the client signs in with"
            }
            Self::ClientAsked => "the operation has a security requirement",
        })
    }
}
