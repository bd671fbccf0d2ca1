//! What requests are sent through: the HTTP client, and the layers that the caller put around it.

use reqwest::{Request, Response};
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Layer, Service, ServiceExt};

/// What a [layer](crate::ClientBuilder::layer) is put around: the HTTP client, with the layers below it.
pub type HttpService = BoxCloneSyncService<Request, Response, BoxError>;

/// Puts a layer around what is there.
pub(crate) type Wrap = Box<dyn FnOnce(HttpService) -> HttpService + Send + Sync>;

/// What requests are sent through.
pub(crate) struct Http {
    client: reqwest::Client,
    /// The client within its layers, where there are any.
    layered: Option<HttpService>,
}

/// Why there is no answer.
pub(crate) enum Broken {
    /// The HTTP client's reason.
    Exchange(reqwest::Error),
    /// A layer's own.
    Layer(BoxError),
}

impl Http {
    /// The client within layers, of which the first sees a request first.
    pub(crate) fn new(client: reqwest::Client, layers: Vec<Wrap>) -> Self {
        let layered = (!layers.is_empty()).then(|| {
            let innermost = client.clone().map_err(BoxError::from);
            let innermost = BoxCloneSyncService::new(innermost);
            layers
                .into_iter()
                .rev()
                .fold(innermost, |inner, wrap| wrap(inner))
        });
        Self { client, layered }
    }

    /// Whether the HTTP client has layers around it.
    pub(crate) fn is_layered(&self) -> bool {
        self.layered.is_some()
    }

    /// Sends a request and gives the answer as far as its headers. No `async fn`, whose future would hold the request beside what it
    /// becomes.
    pub(crate) fn execute(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Response, Broken>> + Send + use<> {
        let sent = match &self.layered {
            None => Ok(self.client.execute(request)),
            Some(layered) => Err(Box::pin(layered.clone().oneshot(request))),
        };
        async move {
            let layered = match sent {
                Ok(plain) => return plain.await.map_err(Broken::Exchange),
                Err(layered) => layered,
            };
            let answer = layered.await;
            answer.map_err(|error| match error.downcast::<reqwest::Error>() {
                Ok(error) => Broken::Exchange(*error),
                Err(error) => Broken::Layer(error),
            })
        }
    }
}

/// A layer as what puts it around a service.
pub(crate) fn wrap<L>(layer: L) -> Wrap
where
    L: Layer<HttpService> + Send + Sync + 'static,
    L::Service: Service<Request, Response = Response> + Clone + Send + Sync + 'static,
    <L::Service as Service<Request>>::Error: Into<BoxError>,
    <L::Service as Service<Request>>::Future: Send + 'static,
{
    Box::new(move |inner| {
        let outer = layer.layer(inner).map_err(Into::into);
        BoxCloneSyncService::new(outer)
    })
}
