//! The command line; all it does is in the library.

use std::process::ExitCode;
use std::sync::mpsc;

/// Trees, templates and tokens are many small allocations on several threads, and what one phase has freed should serve the next.
/// Windows keeps its own: this one does not build there.
#[cfg(all(feature = "jemalloc", not(windows)))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    // A run is short, and the system would spend a fifth of it on clearing huge pages of which most is never used. Where it
    // refuses, the run is only slower.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // All phases run on the threads of one pool, so that the pages take the memory that the phases before them gave back: the
    // allocator keeps it by thread.
    let (send, receive) = mpsc::channel();
    rayon::spawn(move || {
        // It is received as long as the process goes on.
        let _ = send.send(sdk_generator::cli::main());
    });
    receive.recv().unwrap_or(ExitCode::FAILURE)
}
