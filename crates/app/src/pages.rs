//! `/healthz`, `/readyz` and `/metrics`. They show counts and names of platforms, never a person or a word.

use crate::bot::Health;
use axum::{Router, extract::State, http::StatusCode, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};
use tracing::info;

/// How often recorded samples are summed up. Until then each is kept, whether anybody asks for the metrics or not.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// Begins to record metrics.
///
/// # Errors
/// They are recorded already.
pub fn record_metrics() -> Result<PrometheusHandle, String> {
    PrometheusBuilder::new().install_recorder().map_err(|error| error.to_string())
}

#[derive(Clone)]
struct Shared {
    health: Health,
    metrics: PrometheusHandle,
}

/// Serves the pages.
///
/// # Errors
/// The address can't be used.
pub async fn serve(bind: &str, health: Health, metrics: PrometheusHandle) -> std::io::Result<JoinHandle<()>> {
    let address: SocketAddr = bind.parse().map_err(std::io::Error::other)?;
    let listener = TcpListener::bind(address).await?;
    info!(address = %listener.local_addr()?, "health and metrics are served");
    let pages = Router::new()
        .route("/healthz", get(|| async { "well\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .with_state(Shared { health, metrics: metrics.clone() });
    Ok(tokio::spawn(async move {
        tokio::select! {
            // Serving ends with the task; an error of one connection is that connection's.
            _ = axum::serve(listener, pages).into_future() => {}
            () = sum_up(metrics) => {}
        }
    }))
}

/// Sums up recorded samples, again and again.
async fn sum_up(metrics: PrometheusHandle) {
    let mut interval = tokio::time::interval(SUM_UP_EVERY);
    loop {
        interval.tick().await;
        metrics.run_upkeep();
    }
}

async fn ready(State(shared): State<Shared>) -> (StatusCode, String) {
    match shared.health.troubles().await {
        troubles if troubles.is_empty() => (StatusCode::OK, "ready\n".to_owned()),
        troubles => (StatusCode::SERVICE_UNAVAILABLE, troubles.join("\n") + "\n"),
    }
}

async fn figures(State(shared): State<Shared>) -> String {
    shared.health.gauge().await;
    shared.metrics.run_upkeep();
    shared.metrics.render()
}
