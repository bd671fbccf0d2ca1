//! The command line; all it does is in the library.

/// Trees, templates and tokens are many small allocations on several threads, which this allocator was made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    sdk_generator::cli::main()
}
