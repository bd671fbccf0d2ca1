//! How long each phase takes on the committed documents.
//!
//! ```text
//! cargo bench -p sdk-generator --bench phases
//! cargo bench -p sdk-generator --bench phases -- --save-baseline before     # … change something …
//! cargo bench -p sdk-generator --bench phases -- --baseline before
//! ```
//!
//! Criterion, since it keeps what it measured and says whether a change made a difference that is more than noise.

#[path = "support/phases.rs"]
mod support;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use std::path::Path;
use std::time::Duration;
use support::Setup;

fn phases(criterion: &mut Criterion) {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for api in ["sailpoint-v3", "onelogin"] {
        let setup = Setup::new(&specs.join(api).join("openapi.yaml"));
        let mut group = criterion.benchmark_group(api);
        reading(&mut group, &setup);
        writing(&mut group, &setup);
        group.bench_function("whole", |bencher| bencher.iter(|| setup.whole()));
        group.finish();
    }
}

/// From the file to the model.
fn reading(group: &mut BenchmarkGroup<'_, WallTime>, setup: &Setup) {
    let tree = setup.load();
    let repaired = setup.repair(tree.clone());
    let document = setup.parse(repaired.clone());
    group.bench_function("load", |bencher| bencher.iter(|| setup.load()));
    group.bench_function("repair", |bencher| {
        bencher.iter_batched(
            || tree.clone(),
            |tree| setup.repair(tree),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("parse", |bencher| {
        bencher.iter_batched(
            || repaired.clone(),
            |tree| setup.parse(tree),
            BatchSize::LargeInput,
        );
    });
    let facts = setup.lower(document.clone());
    group.bench_function("lower", |bencher| {
        bencher.iter_batched(
            || document.clone(),
            |document| setup.lower(document),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("plan", |bencher| {
        bencher.iter_batched(
            || facts.clone(),
            |facts| setup.plan(facts),
            BatchSize::LargeInput,
        );
    });
}

/// From the model to the text.
fn writing(group: &mut BenchmarkGroup<'_, WallTime>, setup: &Setup) {
    let facts = setup.lower(setup.parse(setup.repair(setup.load())));
    let plan = setup.plan(facts);
    let pages = setup.pages(&plan);
    let texts = setup.render(&pages);
    group.bench_function("pages", |bencher| bencher.iter(|| setup.pages(&plan)));
    group.bench_function("render", |bencher| bencher.iter(|| setup.render(&pages)));
    group.bench_function("format", |bencher| {
        bencher.iter(|| setup.format(&pages, &texts));
    });
}

criterion_group! {
    name = benches;
    // Long enough to tell the phases apart, and done within a minute.
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = phases
}
criterion_main!(benches);
