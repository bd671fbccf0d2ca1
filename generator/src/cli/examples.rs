//! What the help of each command shows as its examples.

pub(super) const ALL: &str = "\
Examples:
  sdk-generator init their.yaml
  sdk-generator generate their.yaml --target target.toml --out their-sdk";

pub(super) const INIT: &str = "\
Examples:
  sdk-generator init their.yaml
  sdk-generator init their.yaml --out - | less";

pub(super) const GENERATE: &str = "\
Examples:
  sdk-generator generate their.yaml --out their-sdk
  sdk-generator generate their.yaml --target target.toml --overlay fixes.yaml --out their-sdk";

pub(super) const CHECK: &str = "\
Examples:
  sdk-generator check their.yaml --target target.toml --out their-sdk";

pub(super) const LINT: &str = "\
Examples:
  sdk-generator lint their.yaml
  sdk-generator lint their.yaml --all --deny warnings
  sdk-generator lint their.yaml --format json > faults.json";

pub(super) const EXPLAIN: &str = "\
Examples:
  sdk-generator explain ref-file-missing
  sdk-generator explain their.yaml listPets
  sdk-generator explain their.yaml models::Pet::name --target target.toml";

pub(super) const PLAN: &str = "\
Examples:
  sdk-generator plan their.yaml --target target.toml > plan.json";

pub(super) const COMPARE: &str = "\
Examples:
  sdk-generator compare old.yaml new.yaml
  sdk-generator compare old.yaml new.yaml --texts --format json
  sdk-generator compare old.yaml new.yaml --rust --target target.toml";

pub(super) const BUNDLE: &str = "\
Examples:
  sdk-generator bundle their.yaml --out their-whole.yaml";

pub(super) const COMPLETIONS: &str = "\
Examples:
  sdk-generator completions bash > ~/.local/share/bash-completion/completions/sdk-generator
  sdk-generator completions zsh > ~/.zfunc/_sdk-generator
  sdk-generator completions fish > ~/.config/fish/completions/sdk-generator.fish";
