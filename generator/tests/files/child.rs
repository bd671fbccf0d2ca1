//! A process that writes, which its parent kills or for which no file may grow beyond some blocks.
//!
//! It is this test binary again, told by a variable what to do.

use super::sets::file_set;
use sdk_generator::files;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

const VARIABLE: &str = "SDK_GENERATOR_FILES_CHILD";

/// What the process does: `folder`, a seed, and whether it goes on for ever.
pub(crate) fn main() {
    let Ok(told) = std::env::var(VARIABLE) else {
        return;
    };
    let mut words = told.splitn(3, ' ');
    let mut word = || words.next().expect("a word").to_owned();
    let (seed, for_ever, folder) = (word().parse::<u64>().expect("a number"), word(), word());
    let folder = PathBuf::from(folder);
    let mut next = seed;
    loop {
        let result = files::write(&file_set(next), &folder);
        if for_ever != "true" {
            std::process::exit(if result.is_ok() { 0 } else { 3 });
        }
        // A set, then another, so that whenever the process is killed it is in the midst of something.
        next = if next == seed { other(seed) } else { seed };
    }
}

/// The other seed of a process that goes on for ever.
pub(crate) fn other(seed: u64) -> u64 {
    seed.wrapping_add(1)
}

/// Starts a process that writes for ever, and kills it after a while.
pub(crate) fn kill(folder: &Path, seed: u64, after: Duration) {
    let mut process = command(folder, seed, true, None)
        .spawn()
        .expect("a process");
    std::thread::sleep(after);
    process.kill().expect("a process that runs");
    process.wait().expect("a process that ended");
}

/// Writes once, in a process in which no file may have more than so many blocks of 512 bytes.
pub(crate) fn write_on_full_disk(folder: &Path, seed: u64, blocks: u64) -> ExitStatus {
    command(folder, seed, false, Some(blocks))
        .status()
        .expect("a process")
}

fn command(folder: &Path, seed: u64, for_ever: bool, blocks: Option<u64>) -> Command {
    let binary = std::env::current_exe().expect("this binary");
    // The signal would kill the process where the system call should fail.
    let limit = blocks.map_or(String::new(), |blocks| {
        format!("trap '' XFSZ; ulimit -f {blocks}; ")
    });
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{limit}exec \"$0\" \"$@\"")])
        .arg(binary)
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(VARIABLE, format!("{seed} {for_ever} {}", folder.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
