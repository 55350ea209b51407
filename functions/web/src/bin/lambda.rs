//! The server as a function on AWS Lambda: one request at a time, from a Function URL, an HTTP API or a load balancer.
//! Everything it answers is `web::router`; here are only the start and its failure.

use std::process::ExitCode;

fn main() -> ExitCode {
    web::lambda::log::start();
    // One request at a time: more threads would only be more to start.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    runtime.block_on(async {
        let router = match web::lambda::start().await {
            Ok(router) => router,
            Err(error) => return failed(&error),
        };
        match lambda_http::run(router).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&*error),
        }
    })
}

fn failed(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    tracing::error!(target: "web", error, "the function cannot start");
    ExitCode::FAILURE
}
