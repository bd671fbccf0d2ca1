//! The command line; all it does is in the library.

use std::process::ExitCode;
use std::sync::mpsc;

/// Trees, templates and tokens are many small allocations on several threads, which this allocator was made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A run is short, and the system would spend a fifth of it on clearing huge pages of which most is never used. Where it
    // refuses, the run is only slower.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // At the end, the allocator takes apart what the thread of `main` has left in memory; this one has nothing.
    let (send, receive) = mpsc::channel();
    rayon::spawn(move || {
        // It is received as long as the process goes on.
        let _ = send.send(sdk_generator::cli::main());
    });
    receive.recv().unwrap_or(ExitCode::FAILURE)
}
