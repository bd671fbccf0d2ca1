//! The command line; all it does is in the library.

/// Trees, templates and tokens are many small allocations on several threads, which this allocator was made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    // A run is short, and the system would spend a fifth of it on clearing huge pages of which most is never used. Where it
    // refuses, the run is only slower.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // The first thread does its share of what is done on all cores. Were it to wait for the others, what it gave back could not be
    // used by them, since each thread keeps memory of its own. Where no such pool can be made, the run only takes more memory.
    let _ = rayon::ThreadPoolBuilder::new()
        .use_current_thread()
        .build_global();
    sdk_generator::cli::main()
}
