/** Floor 0: the names of Holdfast's metrics and the meters behind them. */
@NullMarked
package io.holdfast.telemetry;

import org.jspecify.annotations.NullMarked;
