/** The endpoints of openapi.yaml, each made from the definitions' views. */
@NullMarked
package org.ipv6flow.console.api;

import org.jspecify.annotations.NullMarked;
