//! Lock on a published folder.

use std::fs::{self, File, TryLockError};

use super::destination::Destination;
use super::error::{PublishError, unwritable};
use super::files::if_there;
use crate::regular_file;

/// While a `Lock` lives, nobody else publishes to the folder.
///
/// The file remains afterwards: were it removed, two builds could hold locks on two files of its name.
pub(super) struct Lock(File);

impl Lock {
    pub(super) fn take(destination: &Destination) -> Result<Self, PublishError> {
        let own = destination.own_folder();
        fs::create_dir_all(&own).map_err(unwritable(&own))?;
        let path = destination.lock();
        if_there(regular_file::size(&path)).map_err(unwritable(&path))?;
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(unwritable(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(PublishError::Busy { output: destination.path().to_owned() }),
            Err(TryLockError::Error(source)) => Err(unwritable(&path)(source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone releases nothing as long as a child that another thread just started still has a copy of the
        // open file. If unlocking fails, closing is all that can be done.
        let _ = self.0.unlock();
    }
}
