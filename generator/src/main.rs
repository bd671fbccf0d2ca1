//! The command line; all it does is in the library.

/// Trees, templates and tokens are many small allocations on several threads, which this allocator was made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    // A run is short, and the system would spend a fifth of it on clearing huge pages of which most is never used. Where it
    // refuses, the run is only slower.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    sdk_generator::cli::main()
}
