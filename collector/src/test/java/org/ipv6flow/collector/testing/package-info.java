/**
 * Builders of export messages and access to captures, shared by the tests of several modules. Not
 * part of the collector.
 */
@NullMarked
package org.ipv6flow.collector.testing;

import org.jspecify.annotations.NullMarked;
