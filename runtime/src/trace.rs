//! What a call tells `tracing` (feature `tracing`; nothing without it): a span for each attempt, by OpenTelemetry's conventions for HTTP
//! clients, and events for waits before another attempt and for bodies that were not as documented. Never a credential, a parameter's
//! value or anything of a body: paths are templates, and servers are told by host and port. So `url.full`, which the conventions want, is
//! left out: it holds the values of parameters.

#[cfg(feature = "tracing")]
pub(crate) use with::{Trace, told};
#[cfg(not(feature = "tracing"))]
pub(crate) use without::{Trace, told};

#[cfg(feature = "tracing")]
mod with {
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument as _, Span};

    use crate::attempt::AttemptOutcome;
    use crate::error::OperationName;
    use crate::outgoing::Outgoing;
    use crate::reading::Deviation;

    /// The name by which subscribers filter what is told here.
    const TARGET: &str = "sdk_runtime";

    /// The span of an attempt.
    pub(crate) struct Trace(Span);

    impl Trace {
        pub(crate) fn start(outgoing: &Outgoing, number: u32) -> Self {
            let OperationName { method, path } = outgoing.operation();
            let resends = number.saturating_sub(1);
            Self(tracing::info_span!(
                target: TARGET,
                "http_request",
                otel.name = %outgoing.operation(),
                otel.kind = "client",
                http.request.method = method.as_str(),
                url.template = path,
                url.scheme = outgoing.url.scheme(),
                server.address = outgoing.url.host_str(),
                server.port = outgoing.url.port_or_known_default(),
                http.request.resend_count = (resends > 0).then_some(resends),
                http.response.status_code = Empty,
                error.type = Empty,
                otel.status_code = Empty,
            ))
        }

        /// No `async fn`, which would hold the attempt twice.
        pub(crate) fn within<T>(
            &self,
            attempt: impl Future<Output = T>,
        ) -> impl Future<Output = T> {
            attempt.instrument(self.0.clone())
        }

        /// Tells how the attempt ended, and the wait before the next if there is one.
        pub(crate) fn end(self, outcome: AttemptOutcome, wait: Option<Duration>) {
            match outcome {
                AttemptOutcome::Status(status) => {
                    self.0.record("http.response.status_code", status.as_u16());
                    if status.is_client_error() || status.is_server_error() {
                        self.fail(status.as_str());
                    }
                }
                AttemptOutcome::Failed(failure) => {
                    self.fail(&format!("{failure:?}"));
                }
            }
            if let Some(wait) = wait {
                tracing::debug!(target: TARGET, parent: &self.0, wait_ms = wait.as_millis(), "the call is made again");
            }
        }
    }

    impl Trace {
        fn fail(&self, kind: &str) {
            self.0.record("error.type", kind);
            self.0.record("otel.status_code", "ERROR");
        }
    }

    /// Tells where an answer was not as documented, by place and kind.
    pub(crate) fn told(operation: &OperationName, deviations: &[Deviation]) {
        for deviation in deviations {
            tracing::warn!(target: TARGET, %operation, %deviation, "an answer is not as documented");
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod without {
    use std::time::Duration;

    use crate::attempt::AttemptOutcome;
    use crate::error::OperationName;
    use crate::outgoing::Outgoing;
    use crate::reading::Deviation;

    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn start(_: &Outgoing, _: u32) -> Self {
            Self
        }

        pub(crate) fn within<T>(
            &self,
            attempt: impl Future<Output = T>,
        ) -> impl Future<Output = T> {
            attempt
        }

        pub(crate) fn end(self, _: AttemptOutcome, _: Option<Duration>) {}
    }

    pub(crate) fn told(_: &OperationName, _: &[Deviation]) {}
}
