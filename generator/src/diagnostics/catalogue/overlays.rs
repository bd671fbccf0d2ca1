//! The entries of diagnostics about overlays, which correct a document without changing its file.

use super::Entry;

pub(super) const OVERLAY_FORM: Entry = Entry {
    why: "An overlay is read as OpenAPI Overlay 1.0 describes it: `overlay`, `info` and `actions`, each \
          with a `target` and with `update` or `remove`. A member with another name would be a \
          correction that is never made, so nothing is done with the document.",
    example: files!("overlay-form": "overlay.yaml", "openapi.yaml"),
    fix: "Correct the member that the message names.",
};

pub(super) const OVERLAY_TARGET_MISSING: Entry = Entry {
    why: "The action changes nothing, because its target selects nothing. Most often the document has \
          moved on, or a name in the target is misspelled.",
    example: files!("overlay-target-missing": "overlay.yaml", "openapi.yaml"),
    fix: "Correct the target, or remove the action when the document no longer needs it.",
};

pub(super) const OVERLAY_UPDATE_UNFIT: Entry = Entry {
    why: "An update is merged into an object or appended to a list. What the target selects is neither, \
          or the update is of another kind than what it selects.",
    example: files!("overlay-update-unfit": "overlay.yaml", "openapi.yaml"),
    fix: "Select the object that holds the value, and put the value under its key in the update.",
};

pub(super) const OVERLAY_WITHOUT_EFFECT: Entry = Entry {
    why: "The document already says what the action would make it say. An action that is no longer \
          needed hides that the document has been corrected.",
    example: files!("overlay-without-effect": "overlay.yaml", "openapi.yaml"),
    fix: "Remove the action.",
};
