/** Floor 2: the single writer of one document. Admission, events, receipts, snapshots' content. */
@NullMarked
package io.holdfast.entity;

import org.jspecify.annotations.NullMarked;
