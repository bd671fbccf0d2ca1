//! How long a server asks to wait: its `Retry-After`, in seconds or as a date.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// `Retry-After` (RFC 9110, section 10.2.3) as a time from now on. A date is held against the answer's
/// own `Date`, so that it does not matter whether the clock here agrees with the server's.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    let now = now.unwrap_or_else(SystemTime::now);
    // A date that has passed asks for no wait.
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(value: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).ok()?);
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_str(date).ok()?);
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds_and_dates_are_read() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(asked(" 7 ", None), seconds(7));
        assert_eq!(asked("0", Some(date)), seconds(0));
        let later = "Sun, 06 Nov 1994 08:51:07 GMT";
        assert_eq!(asked(later, Some(date)), seconds(90));
        assert_eq!(asked(date, Some(later)), seconds(0));
        // The forms that senders no longer use are still to be read (RFC 9110, section 5.6.7).
        assert_eq!(
            asked("Sunday, 06-Nov-94 08:49:38 GMT", Some(date)),
            seconds(1)
        );
        assert_eq!(asked("Sun Nov  6 08:49:39 1994", Some(date)), seconds(2));
        // Without the server's clock, this machine's has to do.
        assert_eq!(asked(later, None), seconds(0));
        assert_eq!(asked(later, Some("yesterday")), seconds(0));
        let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
        let soon = asked(&soon, None).unwrap_or_default();
        assert!(soon > Duration::from_secs(90) && soon <= Duration::from_secs(100));
        for text in ["soon", "-1", "1.5", "", "Sun, 06 Nov 1994 08:51:07"] {
            assert_eq!(asked(text, Some(date)), None, "{text}");
        }
    }
}
