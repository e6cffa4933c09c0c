/** Floor 2: where events and snapshots live. Tables and migrations, the journal's DAO, the snapshot store. */
@NullMarked
package io.holdfast.journal;

import org.jspecify.annotations.NullMarked;
