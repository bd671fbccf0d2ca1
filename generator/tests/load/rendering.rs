//! Diagnostics as a person sees them.

use crate::support::{load_text, load_yaml, pointer};
use sdk_generator::diagnostics::render::{Renderer, render};
use sdk_generator::diagnostics::{Code, Diagnostic, Diagnostics, Position, Severity};
use sdk_generator::source::Sources;

const CODE: Code = Code::MediaTypeWithoutSchema;

fn of(list: impl IntoIterator<Item = Diagnostic>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(list);
    diagnostics
}

fn sources(text: &str) -> Sources {
    load_yaml(text).sources.expect("sources")
}

#[test]
fn nothing_is_said_of_nothing() {
    assert_eq!(render(&Diagnostics::default(), None), "");
}

#[test]
fn the_line_is_shown_with_a_caret() {
    let blank = "\n".repeat(209);
    let sources = sources(&format!(
        "{blank}a: {{responses: {{\"200\": {{application/json: {{}}}}}}}}\n"
    ));
    let at = pointer("/a/responses/200/application~1json");
    let diagnostics = of([Diagnostic::warning(CODE, at, "The body is dropped.")
        .operation("DELETE /a")
        .help("Give it a schema.")]);
    let expected = "\
warning[media-type-without-schema]: The body is dropped.
  --> root.yaml:210:25
   |
210|a: {responses: {\"200\": {application/json: {}}}}
   |                        ^
   = at: #/a/responses/200/application~1json
   = operation: DELETE /a
   = help: Give it a schema.

1 warning
";
    assert_eq!(render(&diagnostics, Some(&sources)), expected);
}

#[test]
fn diagnostics_are_counted_by_severity() {
    let error = || Diagnostic::error(CODE, pointer(""), "e").help("do it");
    let note = Diagnostic::note(CODE, pointer("/a"), "n").help("do it");
    let text = render(&of([note, error(), error()]), None);
    assert_eq!(
        text,
        "note[media-type-without-schema]: n\n = at: #/a\n = help: do it\n\nerror[media-type-without-schema]: e\n = help: do it\n\n\
         error[media-type-without-schema]: e\n = help: do it\n\n2 errors, 1 note\n"
    );
}

#[test]
fn a_long_line_is_cut_around_the_column() {
    let sources = sources(&format!(
        "{{a: '{}', bee: '{}'}}\n",
        "ü".repeat(5_000),
        "z".repeat(5_000)
    ));
    let text = render(
        &of([Diagnostic::error(CODE, pointer("/bee"), "m")]),
        Some(&sources),
    );
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines.iter().all(|line| line.chars().count() < 120),
        "{text}"
    );
    let caret = lines[4]
        .chars()
        .position(|char| char == '^')
        .expect("a caret");
    assert_eq!(
        lines[3].chars().skip(caret).take(3).collect::<String>(),
        "bee"
    );
    assert!(lines[3].ends_with('…'), "{text}");
}

#[test]
fn a_document_cannot_drive_the_terminal() {
    let evil = "\u{1b}[2J\u{7}\u{9b}31m\u{202e}x\n\r";
    let diagnostics = of([Diagnostic::error(CODE, pointer("/a").child(evil), evil)
        .operation(evil)
        .help(evil)
        .at(Position {
            file: evil.to_owned(),
            line: 3,
            column: 1,
        })]);
    let text = render(&diagnostics, None);
    assert!(
        text.chars().all(|char| char == '\n' || !char.is_control()),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'));
    assert!(text.contains("\\u{1b}[2J"), "{text}");

    let json = "{\"x\": 1,\n\"a\u{202e}\u{85}\": {\t\"b\": 2}}\n";
    let sources = load_text("root.json", json).sources.expect("sources");
    let at = pointer("").child("a\u{202e}\u{85}").child("b");
    let text = render(&of([Diagnostic::error(CODE, at, "m")]), Some(&sources));
    assert!(
        text.chars()
            .all(|char| char == '\n' || !char.is_control() && char != '\u{202e}'),
        "{text:?}"
    );
    let lines: Vec<_> = text.lines().collect();
    let caret = lines[4]
        .chars()
        .position(|char| char == '^')
        .expect("a caret");
    assert_eq!(lines[3].chars().nth(caret), Some('"'), "{text}");
    assert_eq!(lines[3].chars().nth(caret + 1), Some('b'), "{text}");
}

#[test]
fn a_text_without_end_is_cut() {
    let text = render(
        &of([Diagnostic::error(
            CODE,
            pointer("/a"),
            "m".repeat(1_000_000),
        )]),
        None,
    );
    assert!(text.len() < 2_000);
}

#[test]
fn the_gravest_come_first_and_repeats_are_counted() {
    let note = || Diagnostic::note(Code::NoServer, pointer(""), "note").help("do it");
    let warning =
        || Diagnostic::warning(Code::MappingDangling, pointer(""), "warned").help("do it");
    let error = Diagnostic::error(Code::DuplicatePath, pointer(""), "wrong").help("do it");
    let all = of([
        note(),
        warning(),
        warning(),
        warning(),
        error,
        warning(),
        warning(),
    ]);
    let text = Renderer::plain(None).grouped(&all, Severity::Warning, "look");
    assert_eq!(
        text,
        "error[duplicate-path]: wrong\n = help: do it\n\nwarning[mapping-dangling]: warned\n = help: do it\n\nwarning[mapping-dangling]: warned\n = help: do it\n\nwarning[mapping-dangling]: warned\n = help: do it\n\n\
         … 2 more warning[mapping-dangling]; look\n\n      1  error    duplicate-path\n      5  warning  mapping-dangling\n      1  note     no-server\n\n\
         1 error, 5 warnings, 1 note\n"
    );
    assert_eq!(
        Renderer::plain(None).grouped(&of([warning()]), Severity::Note, "look"),
        "warning[mapping-dangling]: warned\n = help: do it\n\n1 warning\n"
    );
}
