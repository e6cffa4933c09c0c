/**
 * Load tests: simulated users who speak {@code holdfast.v1}, keep their own copies of what they observe, and check at
 * the end that the copies are what the server has.
 */
package io.holdfast.load;
