//! The command line; all it does is in the library.
fn main() -> std::process::ExitCode {
    sdk_generator::cli::main()
}
