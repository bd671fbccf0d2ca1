//! Gives the texts that would do harm if the generator took them for anything but text.
//!
//! Each would leave the word `pwned` in the output as code, as markup or as a path, if it were not made harmless.

/// Every payload.
pub(crate) fn all() -> Vec<String> {
    let mut payloads: Vec<String> = [
        // Out of string literals, comments and doc comments.
        "\"; fn pwned() {} //",
        "*/ pub fn pwned() {} /*",
        "\n#[pwned]\npub fn pwned() {}\n",
        "\"#\"##pwned",
        "\\\"); pwned!(); (\"\\",
        "'; pwned(); 'a",
        // Into a doctest, by a fence and by indentation.
        "```\ncompile_error!(\"pwned\")\n```\n    indented_pwned();\n",
        "text\n\n~~~rust\npwned()\n~~~\n\n\tpwned();\n",
        // Into a template.
        "{{ pwned }}{% raw %}{# pwned #}",
        // Into attributes.
        "#![pwned]",
        "#[cfg(pwned)]",
        // Out of the folder.
        "../../../pwned",
        "/etc/pwned",
        "..\\pwned C:\\pwned",
        // Reserved words.
        "type",
        "self",
        "Self",
        "crate",
        "gen",
        "mod",
        "r#fn",
        // Into a page.
        "</script><script>pwned()</script>",
        "[pwned](javascript:pwned()) ![pwned](http://pwned.example/x.png) <http://pwned.example>",
        "| pwned | pwned\n| - | -\n| a | b",
        "{pwned()}\n\nimport pwned from 'pwned'\n\nexport const pwned = 1",
        "<!-- pwned --> & &lt; --><b onclick=pwned()>",
        // What a reader cannot see.
        "\u{0}\u{202e}pwned\r\n",
        "\u{feff}\u{200b}pwned\u{2028}\u{85}",
        // Into front matter and manifests.
        "---\npwned: true\n---",
        "''' pwned = 1",
        "]\n[pwned]\npwned = 1",
        // Words that the generator looks for in its own output.
        "models:: json( json::< Nullable<Value> BTreeMap &str vec![",
        "```rust\nfn pwned() {}\n```",
        // Other scripts, and nothing at all.
        "🐕 pwned ²½ é e\u{301} имя 名前 ﬁ \u{1f469}\u{200d}\u{1f680}",
        "Vec²",
        "",
        " ",
    ]
    .map(str::to_owned)
    .to_vec();
    payloads.push("[".repeat(10_000));
    payloads.push("pwned".repeat(2_000));
    payloads.push("> ".repeat(2_000) + "pwned");
    payloads
}
