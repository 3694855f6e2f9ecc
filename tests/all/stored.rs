//! A marked copy against the stored body (contract C40, C41).

use proptest::prelude::*;

use crate::laws::nested::nested;
use crate::laws::stored::{changed_law, reserialized_law};
use crate::support::soup;

proptest! {
    #![proptest_config(soup::cases(1000))]

    #[test]
    fn what_a_browser_writes_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        reserialized_law(&nested(&bytes));
    }

    #[test]
    fn changed_copies_are_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        changes in proptest::collection::vec(any::<u8>(), 0..12),
        is_written_anew in any::<bool>(),
    ) {
        changed_law(&nested(&bytes).body, is_written_anew, &changes);
    }
}
