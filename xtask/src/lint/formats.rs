//! Whether a text is of a format, for the formats that have a rule which an example can break.

/// Whether it is; every text is of a format that nobody here knows.
pub(super) fn is_of(text: &str, format: &str) -> bool {
    match format {
        "date" => is_date(text),
        "date-time" => is_date_time(text),
        "uuid" => is_uuid(text),
        "email" => text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
        "uri" | "url" => text
            .split_once(':')
            .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty()),
        "byte" => text
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'=')),
        _ => true,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => number(year, 4).is_some() && is_in(month, 1, 12) && is_in(day, 1, 31),
        _ => false,
    }
}

/// RFC 3339: a day, a time and how far it is from UTC.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return false,
    };
    let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = seconds.split(':').collect();
    let is_time = match parts.as_slice() {
        [hour, minute, second] => {
            is_in(hour, 0, 23) && is_in(minute, 0, 59) && is_in(second, 0, 60)
        }
        _ => false,
    };
    let is_offset = match offset.split_at_checked(1) {
        Some(("Z" | "z", rest)) => rest.is_empty(),
        Some((_, rest)) => rest
            .split_once(':')
            .is_some_and(|(hour, minute)| is_in(hour, 0, 23) && is_in(minute, 0, 59)),
        None => false,
    };
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|c| c.is_ascii_digit());
    is_date(date) && is_time && is_fraction && is_offset
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|c| c == b'-' || c.is_ascii_hexdigit())
}

fn is_in(text: &str, least: u32, most: u32) -> bool {
    number(text, 2).is_some_and(|number| (least..=most).contains(&number))
}

/// The number that so many digits are.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_plain = text.len() == digits && text.bytes().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn formats_are_told_apart() {
        for (text, format) in [
            ("2024-02-29", "date"),
            ("2024-02-29T10:00:00Z", "date-time"),
            ("2024-02-29T10:00:00.123+05:30", "date-time"),
            ("2c918085-7d3b-4b1a-9c1e-0123456789ab", "uuid"),
            ("a@b.example", "email"),
            ("https://a.example", "uri"),
            ("aGk=", "byte"),
            ("x", "odd"),
        ] {
            assert!(is_of(text, format), "{text} {format}");
        }
        for (text, format) in [
            ("2024-13-01", "date"),
            ("2024-02-29 10:00:00", "date-time"),
            ("2024-02-29T10:00:00", "date-time"),
            ("2024-02-29T10:00Z", "date-time"),
            ("2c918085", "uuid"),
            ("a", "email"),
            ("a.example", "uri"),
            ("a b", "byte"),
        ] {
            assert!(!is_of(text, format), "{text} {format}");
        }
    }
}
