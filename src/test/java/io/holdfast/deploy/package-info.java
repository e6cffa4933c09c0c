/** Tests of what deploys Holdfast: the Kubernetes base and the image. */
@NullMarked
package io.holdfast.deploy;

import org.jspecify.annotations.NullMarked;
