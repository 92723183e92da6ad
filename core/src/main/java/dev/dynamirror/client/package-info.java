/** Where and as whom: endpoint, region and credentials. */
@NullMarked
package dev.dynamirror.client;

import org.jspecify.annotations.NullMarked;
